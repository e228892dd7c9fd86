/// Sentences for what the YAML parser says: its own words speak of tokens and contexts.
enum YAMLSentence {
  static func sentence(problem: String, context: String?) -> String {
    for (part, sentence) in known where problem.contains(part) { return sentence }
    guard let context, !context.isEmpty else { return "YAML: \(problem)" }
    return "YAML: \(problem) \(context)"
  }

  private static let known: [(part: String, sentence: String)] = [
    ("mapping values are not allowed", "\": \" begins a value where none can stand; put the text in quotes"),
    ("did not find expected ',' or ']'", "the list [ is not closed, or a comma is missing"),
    ("did not find expected ',' or '}'", "the map { is not closed, or a comma is missing"),
    ("could not find expected ':'", "a key needs \": \" and a value"),
    (
      "did not find expected key", "this line is not a key: value of the map around it; check the indentation"
    ),
    (
      "did not find expected '-' indicator",
      "this line is not an item of the list around it; check the indentation"
    ),
    (
      "found character that cannot start any token",
      "a text cannot begin with this character; put it in quotes"
    ),
    ("found a tab character", "indent with spaces, not with tabs"),
    ("unexpected end of stream", "the quotation is not closed"),
    ("unexpected document indicator", "the quotation is not closed"),
    (
      "block sequence entries are not allowed",
      "a list item \"- \" cannot stand here; begin it on a line of its own"
    ),
    ("unknown escape character", "this escape is unknown in \"…\"; use '…' for text with backslashes"),
    ("did not find expected node content", "a value is missing here"),
    ("found another document", "--- begins a second document"),
    ("undefined tag handle", "tags have the form !name"),
  ]
}
