import Components
import Foundation

/// What authors forget about YAML: that some texts need quotes.
///
/// The parser stumbles over them far from the cause, or reads on without a word; here they are told as what they are.
enum YAMLMistake {
  /// The mistake on a line that the parser does not understand.
  static func error(in line: String) -> (error: DocumentError, column: Int)? {
    if let comparison = comparison(in: line) { return comparison }
    guard let (key, value, column) = entry(line), let first = value.first, first != "\"", first != "'" else {
      return nil
    }
    if value.contains(": ") || value.hasSuffix(":") {
      return (.unquotedColon(key: key, quoted: quoted(value)), column)
    }
    let close: [Character: Character] = ["[": "]", "{": "}"]
    if let end = close[first] {
      guard let last = value.firstIndex(of: end), value.index(after: last) < value.endIndex else {
        return nil
      }
      return (.unquotedBeginning(key: key, mark: "\(first)", quoted: quoted(value)), column)
    }
    guard "@`%*&!|>?,".contains(first) else { return nil }
    return (.unquotedBeginning(key: key, mark: "\(first)", quoted: quoted(value)), column)
  }

  /// The keys whose values are texts for readers.
  private static let textKeys: Set = [
    "title", "subtitle", "author", "abstract", "description", "license", "fig-cap", "tbl-cap", "lst-cap",
    "fig-alt",
    "code-summary",
  ]

  /// Warnings of texts that end at a `#`, because what follows is a comment.
  static func cutTexts(in source: SourceText) -> [Problem] {
    (0..<source.lineCount).compactMap { number in
      let line = source.lineText(number)
      guard let (key, value, column) = entry(line), textKeys.contains(key), let first = value.first,
        !"\"'|>[{".contains(first), let hash = value.range(of: " #")
      else { return nil }
      let offset = column - 1 + value[..<hash.lowerBound].utf8.count + 1
      return Problem(
        DocumentError.textCutByComment(key: key, quoted: quoted(value)),
        at: source.position(at: source.lineStarts[number] + offset), severity: .warning)
    }
  }

  /// `expect: {test.accuracy: >= 0.9}`.
  private static func comparison(in line: String) -> (error: DocumentError, column: Int)? {
    guard let match = line.firstMatch(of: /:\s+((?:[<>]=?|[=!]=)\s*[-+]?[0-9][0-9.eE+-]*)/) else {
      return nil
    }
    let before = line[..<match.1.startIndex]
    // Between quotes it would be one already.
    guard before.count(where: { $0 == "\"" }).isMultiple(of: 2) else { return nil }
    return (.unquotedComparison(String(match.1)), before.count + 1)
  }

  /// A line `key: value`, and the column of its value.
  private static func entry(_ line: String) -> (key: String, value: String, column: Int)? {
    guard let match = line.firstMatch(of: /^[\s#|-]*([A-Za-z][A-Za-z0-9._-]*):\s+(\S.*?)\s*$/) else {
      return nil
    }
    return (String(match.1), String(match.2), line[..<match.2.startIndex].count + 1)
  }

  private static func quoted(_ value: String) -> String {
    value.contains("\"") ? "'\(value.replacing("'", with: "''"))'" : "\"\(value)\""
  }
}
