import Components
import Documents
import Testing

@Suite("Recipes")
struct RecipeReaderTests {
  /// A node in a short form with its place: `dense(16@2:3, …)@1:1`.
  private func describe(_ node: RecipeNode?) -> String {
    guard let node else { return "nil" }
    let place = "@\(node.position.line):\(node.position.column)"
    switch node.kind {
    case .scalar(let text, let isQuoted): return (isQuoted ? "\"\(text)\"" : text) + place
    case .list(let items): return "[" + items.map(describe).joined(separator: ", ") + "]" + place
    case .map(let entries):
      let parts = entries.map {
        "\($0.key)@\($0.keyPosition.line):\($0.keyPosition.column): \(describe($0.value))"
      }
      return "{" + parts.joined(separator: ", ") + "}" + place
    case .call(let name, let arguments):
      let parts = arguments.map { ($0.label.map { $0 + ": " } ?? "") + describe($0.value) }
      return "\(name)(" + parts.joined(separator: ", ") + ")" + place
    case .tagged(let name, let value): return "!\(name) \(describe(value))" + place
    }
  }

  private func read(_ text: String) -> (tree: String, problems: [String]) {
    var problems: [Problem] = []
    let node = RecipeReader().read(SourceText(text, file: "a.md", firstLine: 10), problems: &problems)
    return (describe(node), problems.map(\.description))
  }

  private func tree(_ text: String) -> String {
    let (tree, problems) = read(text)
    return problems.isEmpty ? tree : problems.joined(separator: "\n")
  }

  @Test("A list of calls keeps every place")
  func calls() {
    #expect(
      tree("model: [dense(16, tanh), dropout(0.1), dense(2)]")
        == "{model@10:1: [dense(16@10:15, tanh@10:19)@10:9, dropout(0.1@10:34)@10:26, dense(2@10:46)@10:40]@10:8}@10:1"
    )
  }

  @Test("Named arguments take a colon or an equals sign")
  func namedArguments() {
    #expect(tree("optimizer: adam(beta1: 0.8)") == "{optimizer@10:1: adam(beta1: 0.8@10:24)@10:12}@10:1")
    #expect(tree("optimizer: adam(beta1=0.8)") == "{optimizer@10:1: adam(beta1: 0.8@10:23)@10:12}@10:1")
    #expect(
      tree("prepare: [polynomial(degree: 5)]")
        == "{prepare@10:1: [polynomial(degree: 5@10:30)@10:11]@10:10}@10:1")
  }

  @Test("Tags stand inside calls and outside, in flow and block style")
  func tags() {
    #expect(
      tree("[dense(!int [8, 64], tanh)]")
        == "[dense(!int [8@10:14, 64@10:17]@10:13@10:8, tanh@10:22)@10:2]@10:1")
    #expect(
      tree("- dense(!int [8, 64], tanh)\n- dense(2)")
        == "[dense(!int [8@10:15, 64@10:18]@10:14@10:9, tanh@10:23)@10:3, dense(2@11:9)@11:3]@10:1")
    #expect(
      tree("train:\n  learning-rate: !log-uniform [1e-4, 1e-1]")
        == "{train@10:1: {learning-rate@11:3: !log-uniform [1e-4@11:32, 1e-1@11:38]@11:31@11:18}@11:3}@10:1")
    #expect(
      tree("a: !choice [dense(2), relu]")
        == "{a@10:1: !choice [dense(2@10:19)@10:13, relu@10:23]@10:12@10:4}@10:1")
    #expect(tree("epochs: !param epochs") == "{epochs@10:1: !param epochs@10:16@10:9}@10:1")
  }

  @Test("Arguments may be lists, maps, quoted texts and calls")
  func nestedArguments() {
    #expect(
      tree("a: f([1, x], {b: 2, c: g(3)}, 'it''s', \"(,\", 1/16)")
        == "{a@10:1: f([1@10:7, x@10:10]@10:6, {b@10:15: 2@10:18, c@10:21: g(3@10:26)@10:24}@10:14, "
        + "\"it's\"@10:31, \"(,\"@10:40, 1/16@10:46)@10:4}@10:1")
    #expect(
      tree("a: f(\n  1, # one\n  b: 2\n)\nc: 3") == "{a@10:1: f(1@11:3, b: 2@12:6)@10:4, c@14:1: 3@14:4}@10:1"
    )
    #expect(tree("a: f()") == "{a@10:1: f()@10:4}@10:1")
  }

  @Test("Scalars keep their text; quotes are remembered")
  func scalars() {
    #expect(tree("a: 1e-4") == "{a@10:1: 1e-4@10:4}@10:1")
    #expect(tree("target: no") == "{target@10:1: no@10:9}@10:1")
    #expect(tree("a: \"1\"") == "{a@10:1: \"1\"@10:4}@10:1")
    #expect(
      tree("a: |\n  f(1, 2)\n  x: 3\nb: 4") == "{a@10:1: \"f(1, 2)\nx: 3\n\"@10:4, b@13:1: 4@13:4}@10:1")
  }

  @Test("A text with parentheses is no call unless it is one as a whole")
  func textsWithParentheses() {
    #expect(tree("law: x^0.7*(1-x)^3") == "{law@10:1: x^0.7*(1-x)^3@10:6}@10:1")
    #expect(tree("{law: \"x^0.7*(1-x)^3\"}") == "{law@10:2: \"x^0.7*(1-x)^3\"@10:7}@10:1")
    #expect(tree("law: exp(x)*2") == "{law@10:1: exp(x)*2@10:6}@10:1")
    #expect(tree("a: # dense(2\n  b") == "{a@10:1: b@11:3}@10:1")
    #expect(tree("a: f(exp(x)*2)") == "{a@10:1: f(exp(x)*2@10:6)@10:4}@10:1")
  }

  @Test("Columns count characters, not bytes")
  func characters() {
    #expect(tree("{größe: f(é, b)}") == "{größe@10:2: f(é@10:11, b@10:14)@10:9}@10:1")
  }

  @Test("Doubled keys are errors at the second")
  func duplicateKeys() {
    #expect(
      read("a: 1\nb: 2\na: 3\nb: 4").problems == [
        "a.md:12:1: error: the key \"a\" is already given on line 10",
        "a.md:13:1: error: the key \"b\" is already given on line 11",
      ])
    #expect(read("f({})\n").problems.isEmpty)
    #expect(
      read("a: f({b: 1, b: 2})").problems == ["a.md:10:13: error: the key \"b\" is already given on line 10"])
  }

  @Test("Anchors, aliases and merges are errors")
  func anchors() {
    #expect(
      read("a: &x 1\nb: *x").problems == [
        "a.md:10:4: error: the anchor &x is not part of recipes",
        "a.md:11:4: error: the alias *x is not part of recipes",
      ])
    #expect(
      read("<<: 1").problems == [
        "a.md:10:1: error: the merge key << is not part of recipes (like: label starts from another experiment)"
      ])
  }

  @Test(
    "Syntax errors are sentences at their place",
    arguments: [
      (
        "a: b: c",
        "a.md:10:4: error: the text of \"a\" holds a colon, behind which YAML expects a value (write a: \"b: c\")"
      ),
      ("a: [1, 2", "a.md:10:8: error: the list [ is not closed, or a comma is missing"),
      ("a: dense(2", "a.md:10:4: error: dense( has no closing parenthesis"),
      ("a: dense(2, , 3)", "a.md:10:13: error: in dense(…): a value is missing"),
      (
        "a: dense(b: 2, 3)", "a.md:10:16: error: in dense(…): a positional argument cannot follow a named one"
      ),
      ("a: dense([1, 2)", "a.md:10:15: error: in dense(…): expected \",\" or \"]\""),
      ("a: 1\n b: 2", "a.md:11:3: error: \": \" begins a value where none can stand; put the text in quotes"),
      ("a: \"x", "a.md:10:5: error: the quotation is not closed"),
      (
        "a: %x",
        "a.md:10:4: error: the text of \"a\" cannot begin with % unless it has quotes (write a: \"%x\")"
      ),
    ])
  func syntaxErrors(text: String, problem: String) {
    #expect(read(text).problems == [problem])
  }
}
