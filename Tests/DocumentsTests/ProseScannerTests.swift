import Components
import Documents
import Testing

@Suite("Prose")
struct ProseScannerTests {
  /// The Markdown with every placeholder replaced by what it stands for and its place.
  private func scan(_ text: String) -> String {
    let document = DocumentReader.read(text: text, file: "a.md")
    var result = ""
    for case .prose(let prose) in document.blocks {
      var markdown = prose.markdown
      for insertion in prose.insertions {
        let place = "@\(insertion.position.line):\(insertion.position.column)"
        markdown = markdown.replacing(
          Placeholder.text(insertion.index), with: "<\(describe(insertion))\(place)>")
      }
      result += markdown
    }
    return ([result] + document.problems.map(\.description)).joined(separator: "#")
  }

  private func describe(_ insertion: Insertion) -> String {
    switch insertion.content {
    case .mathematics(let formula):
      (formula.isDisplay ? "M " : "m ") + formula.tex + (formula.label.map { " " + $0 } ?? "")
    case .reference(let reference): (reference.showsNumberOnly ? "n " : "r ") + reference.label
    case .citation(let citation):
      (citation.isNarrative ? "C " : "c ")
        + citation.items.map { "\($0.prefix)|\($0.key)|\($0.suffix)" }.joined(separator: ";")
    case .value(let value): "v\(value.index) \(value.content)"
    case .heading(let heading): "h\(heading.level) \(heading.id)"
    case .divisionBegin(let division): "begin \(division.attributes.classes.joined(separator: " "))"
    case .divisionEnd: "end"
    case .divisionTitle(let division): "title of \(division)"
    case .tab(let division, let number): "tab \(number) of \(division)"
    case .tableCaption(let label): "caption \(label ?? "")"
    case .image(let image): "image \(image.destination) \(image.caption) \(image.attributes.id ?? "")"
    case .spanBegin(let attributes): "span \(attributes.classes.joined(separator: " "))"
    case .spanEnd: "span end"
    case .pause: "pause"
    case .pageBreak: "page break"
    case .rawBlock(let html): "raw \(html)"
    case .gridTable(let part): "grid \(part)"
    }
  }

  @Test(
    "Dollars follow Pandoc's rule",
    arguments: [
      ("a $x*y$ b", "a <m x*y@1:3> b\n"),
      ("it costs $5 and $6", "it costs $5 and $6\n"),
      ("$ x$ and $x $ and $x$1", "$ x$ and $x $ and $x$1\n"),
      ("\\$5 and `$x$` and $\\$$", "$5 and `$x$` and <m \\$@1:19>\n"),
      ("$a\nb$ c $d$", "<m a\nb@1:1> c <m d@2:6>\n"),
      ("$$\nx\n$$ {#eq-a}\nrest $y$", "<M x eq-a@1:1>\nrest <m y@4:6>\n"),
      (
        "$$x\n\ny",
        "$$x\n\ny\n#a.md:1:1: error: the formula $$ is never closed "
          + "(close it with $$ before the next empty line)"
      ),
      ("    $x$\n", "    $x$\n"),
      ("- a\n\n    $x$\n", "- a\n\n    <m x@3:5>\n"),
      ("é $x$", "é <m x@1:3>\n"),
    ])
  func mathematics(text: String, result: String) { #expect(scan(text) == result) }

  @Test(
    "References are told from addresses",
    arguments: [
      ("see @fig-a-b, (@tbl-x) and @eq-y.", "see <r fig-a-b@1:5>, (<r tbl-x@1:16>) and <r eq-y@1:28>.\n"),
      ("[@sec-x] and [-@fig-x]", "<r sec-x@1:2> and <n fig-x@1:16>\n"),
      ("a@fig-x.de and @ada and \\@fig-x and `@fig-x`", "a@fig-x.de and @ada and @fig-x and `@fig-x`\n"),
      ("<a href=\"@fig-x\">@fig-x</a>", "<a href=\"@fig-x\"><r fig-x@1:18></a>\n"),
      ("<!-- @fig-x\n\n$x$ --> $y$", " <m y@3:9>\n"),
    ])
  func references(text: String, result: String) { #expect(scan(text) == result) }

  @Test(
    "Inline values",
    arguments: [
      (
        "`{value} moons.test.accuracy | 3s`",
        "<v0 value(path: \"moons.test.accuracy\", format: Optional(\"3s\"))@1:1>\n"
      ),
      ("| `{value} a | 1%` | x |", "| <v0 value(path: \"a\", format: Optional(\"1%\"))@1:3> | x |\n"),
      (
        "`{swift} a || b` `{swift} x | 3`",
        "<v0 swift(expression: \"a || b\", format: nil)@1:1> <v1 swift(expression: \"x\", format: Optional(\"3\"))@1:18>\n"
      ),
      (
        "`{python} x`",
        "`{python} x`\n#a.md:1:1: error: inline code in python does not run here "
          + "(use `{value} path` or `{swift} expression`)"
      ),
      (
        "`{value} a | x`",
        "<v0 value(path: \"a\", format: nil)@1:1>\n#a.md:1:1: error: \"x\" is not a number format "
          + "(| 3 gives decimals, | 3s significant digits, | 1% percent)"
      ),
    ])
  func values(text: String, result: String) { #expect(scan(text) == result) }

  @Test(
    "Headings get ids",
    arguments: [
      ("# A first network", "# A first network <h1 a-first-network@1:1>\n"),
      ("## Loss $L$ {#sec-loss} \n", "## Loss <m L@1:9> <h2 sec-loss@1:1>\n"),
      ("# A\n# A", "# A <h1 a@1:1>\n# A <h1 a-2@2:1>\n"),
      ("Title\n=====\n\ntext", "# Title <h1 title@1:1>\n\ntext\n"),
      ("a\nb\n---\n", "a\nb\n---\n"),
      ("#no", "&#35;no\n"),
    ])
  func headings(text: String, result: String) { #expect(scan(text) == result) }

  @Test(
    "Divisions",
    arguments: [
      ("::: {.callout-note}\nx\n:::\n", "\n<begin callout-note@1:1>\n\nx\n\n<end@3:1>\n\n"),
      (
        "::: note\n",
        "\n<begin note@1:1>\n\n#a.md:1:1: error: the division ::: is never closed "
          + "(close it with ::: on a line of its own)"
      ),
      (":::\n", "\n\n\n#a.md:1:1: error: ::: closes a division that was never opened"),
    ])
  func divisions(text: String, result: String) { #expect(scan(text) == result) }
}
