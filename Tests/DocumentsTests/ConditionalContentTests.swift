import Documents
import Testing

@Suite("Content for some formats")
struct ConditionalContentTests {
  private func text(_ markdown: String, format: FrontMatter.Format? = nil, profile: String? = nil) -> String {
    var settings = DocumentReader.Settings { _ in nil }
    settings.format = format
    settings.profile = profile
    let document = DocumentReader.read(text: markdown, file: "a.md", settings: settings)
    let prose = document.blocks.compactMap { block -> String? in
      if case .prose(let prose) = block { prose.markdown.replacing(/QZX[0-9]+XZQ/, with: "") } else { nil }
    }
    return prose.joined().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test(
    "Divisions are left out whole",
    arguments: [
      ("{.content-visible when-format=\"slides\"}", "a c", "a b c"),
      ("{.content-hidden when-format=\"slides\"}", "a b c", "a c"),
      ("{.content-visible unless-format=\"slides\"}", "a b c", "a c"),
      ("{.content-visible when-format=\"html\"}", "a b c", "a c"), ("{.content-hidden}", "a c", "a c"),
      ("{.content-visible when-profile=\"full\"}", "a c", "a c"), ("{.notes}", "a c", "a b c"),
      ("{.other}", "a b c", "a b c"),
    ])
  func formats(attributes: String, html: String, slides: String) {
    let markdown = "a\n\n::: \(attributes)\n::: {.inner}\nb\n:::\n:::\n\nc\n"
    #expect(text(markdown) == html)
    #expect(text(markdown, format: .slides) == slides)
  }

  @Test("Profiles decide too")
  func profiles() {
    let markdown = "::: {.content-visible when-profile=\"full\"}\nb\n:::\n"
    #expect(text(markdown, profile: "full") == "b")
    #expect(text(markdown, profile: "quick") == "")
  }

  @Test("Cells inside still run, because others may show what they compute")
  func cells() {
    let markdown =
      "::: {.content-hidden}\n```{swift}\n#| label: a\nlet x = 1\n```\n```swift\nshown\n```\n:::\n"
    let document = DocumentReader.read(text: markdown, file: "a.md")
    #expect(document.cells.map(\.label) == ["a"])
    #expect(document.cells.first?.options.include == false)
    #expect(document.blocks.count == 1)
  }

  @Test("One that never ends is told where it begins")
  func unclosed() {
    let document = DocumentReader.read(text: "a\n\n::: {.content-hidden}\nb\n", file: "a.md")
    #expect(
      document.problems.map { "\($0.line):\($0.column) \($0.message)" } == [
        "3:1 the division ::: is never closed"
      ])
  }
}
