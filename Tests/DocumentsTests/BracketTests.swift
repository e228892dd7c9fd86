import Documents
import Testing

@Suite("Brackets")
struct BracketTests {
  private func insertions(_ text: String) -> [Insertion.Content] {
    DocumentReader.read(text: text, file: "a.md").blocks.flatMap { block -> [Insertion.Content] in
      if case .prose(let prose) = block { prose.insertions.map(\.content) } else { [] }
    }
  }

  @Test("Images hold everything that Markdown says of them")
  func images() throws {
    let content = try #require(
      insertions("![A *moon* $x$](a(1).png \"t\"){#fig-m .wide width=50% fig-alt=\"a } moon\"}").first)
    guard case .image(let image) = content else { return #expect(Bool(false)) }
    #expect(image.caption == "A *moon* $x$" && image.destination == "a(1).png" && image.title == "t")
    #expect(image.attributes.id == "fig-m" && image.attributes["fig-alt"] == "a } moon")
    #expect(image.attributes["width"] == "50%" && image.attributes.classes == ["wide"])
  }

  @Test(
    "What is no image, span or reference stays text",
    arguments: ["![a](b", "![a]", "[a]{b", "[a] {.b}", "@a#x", "a@b#fig-x", "\\[a]{.b}", "`[a]{.b}`"])
  func text(markdown: String) { #expect(insertions(markdown).isEmpty, "\(insertions(markdown))") }

  @Test("Spans hold Markdown, formulas and references")
  func spans() {
    let names = insertions("[a $x$ [b]{.c} @fig-y]{.aside #i}").map { "\($0)".prefix { $0 != "(" } }
    #expect(names == ["spanBegin", "mathematics", "spanBegin", "spanEnd", "reference", "spanEnd"])
  }

  @Test(
    "References into other documents",
    arguments: [
      ("see @lecture-2#fig-x.", "lecture-2", "fig-x", false),
      ("[@../b/c.md#sec-y]", "../b/c", "sec-y", false),
      ("[-@b#eq-z]", "b", "eq-z", true),
    ])
  func foreign(text: String, document: String, label: String, isNumberOnly: Bool) {
    let found = insertions(text).compactMap {
      if case .reference(let reference) = $0 { reference } else { nil }
    }
    #expect(found == [Reference(label: label, document: document, showsNumberOnly: isNumberOnly)])
  }

  @Test("Nothing in the address of a link is a formula or a reference")
  func addresses() {
    let document = DocumentReader.read(text: "[a](https://x.y/$1$/@fig-a \"$t$\") $b$", file: "a.md")
    guard case .prose(let prose) = document.blocks.first else { return #expect(Bool(false)) }
    #expect(prose.insertions.count == 1)
    #expect(prose.markdown.hasPrefix("[a](https://x.y/$1$/@fig-a \"$t$\")"))
  }
}

@Suite("Tables of blocks")
struct GridTableTests {
  private func parts(_ text: String) -> [String] {
    let document = DocumentReader.read(text: text, file: "a.md")
    return document.blocks.flatMap { block -> [String] in
      guard case .prose(let prose) = block else { return [] }
      var markdown = prose.markdown
      for insertion in prose.insertions {
        guard case .gridTable(let part) = insertion.content else { continue }
        markdown = markdown.replacing(Placeholder.text(insertion.index), with: "<\(name(part))>")
      }
      return [markdown.split(separator: "\n").map(String.init).joined(separator: "/")]
    } + document.problems.map(\.description)
  }

  private func name(_ part: GridTable.Part) -> String {
    switch part {
    case .begin(let hasHead): hasHead ? "table head" : "table"
    case .rowBegin: "tr"
    case .cellBegin(let isHead, let alignment):
      (isHead ? "th" : "td") + (alignment == .none ? "" : " \(alignment)")
    case .cellEnd: "/"
    case .rowEnd: "/tr"
    case .headEnd: "/head"
    case .end: "/table"
    }
  }

  @Test("Cells hold Markdown")
  func cells() {
    let text = """
      +-----+--------+
      | A   | B      |
      +:====+=======:+
      | - x | *one*  |
      | - y |        |
      |     | two    |
      +-----+--------+
      """
    #expect(
      parts(text) == [
        "<table head>/<tr>/<th left>/A/</>/<th right>/B/</>/</tr>/</head>/<tr>/<td left>/- x/- y/</>/<td right>/"
          + "*one*/two/</>/</tr>/</table>"
      ])
  }

  @Test("Bars that do not stand below each other are told")
  func ragged() {
    #expect(
      parts("+--+--+\n| a | b |\n+--+--+\n").last?.hasPrefix("a.md:1:1: error: the table's bars") == true)
  }

  @Test(
    "Lines that only look like one stay text",
    arguments: ["+ a\n+ b", "+--", "+---+", "a\n+---+\n| a |\n+---+"])
  func text(markdown: String) { #expect(!parts(markdown).joined().contains("<table")) }
}

@Suite("Numbers of lines")
struct LineNumberingTests {
  @Test(
    "All, none or some",
    arguments: [
      ("true", true, []), ("false", false, []), ("2,4-6", true, [2, 4, 5, 6]), ("1|3", true, [1, 3]),
    ])
  func lines(text: String, isNumbered: Bool, highlighted: [Int]) throws {
    let numbering = try #require(LineNumbering(text))
    #expect(numbering.isNumbered == isNumbered)
    #expect((1...10).filter(numbering.highlights) == highlighted)
  }

  @Test("What names no lines", arguments: ["", "a", "0", "3-1", "1-2-3", "1,,x"])
  func mistakes(text: String) { #expect(LineNumbering(text) == nil) }

  @Test("Shown code has a label, a caption and numbers")
  func listings() {
    for info in [
      "{.python #lst-a lst-cap=\"A *b*\" code-line-numbers=\"2\"}",
      "python {#lst-a lst-cap=\"A *b*\" code-line-numbers=\"2\"}",
    ] {
      let document = DocumentReader.read(text: "```\(info)\nx\n```\n", file: "a.md")
      guard case .listing(let listing) = document.blocks.first else { return #expect(Bool(false)) }
      #expect(listing.language == "python" && listing.label == "lst-a" && listing.caption == "A *b*")
      #expect(listing.lineNumbers.highlights(2) && !listing.lineNumbers.highlights(1))
    }
  }
}
