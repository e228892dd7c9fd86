import Components
import Documents
import Testing

@Suite("Includes")
struct IncludeTests {
  private func read(_ files: [String: String], _ name: String = "notes/a.md") -> Document {
    DocumentReader.read(
      text: files[name] ?? "", file: name, settings: DocumentReader.Settings { files[$0] })
  }

  @Test("Included text keeps its file and its lines, and leaves its front matter behind")
  func positions() throws {
    let document = read([
      "notes/a.md": "# A\n\n{{< include parts/b.md >}}\n\nafter $x$\n",
      "notes/parts/b.md": "---\ntitle: B\n---\n\n## B\n\n```{swift}\n#| label: cell\nlet b = 1\n```\n$y$\n",
    ])
    #expect(document.problems == [])
    #expect(document.included.map(\.file) == ["notes/parts/b.md"])
    #expect(document.frontMatter.title == nil)
    let cell = try #require(document.cells.first)
    #expect(cell.position == SourcePosition(file: "notes/parts/b.md", line: 7, column: 1))
    #expect(cell.sourceLine == 9)
    var places: [String: SourcePosition] = [:]
    for case .prose(let prose) in document.blocks {
      for insertion in prose.insertions {
        if case .mathematics(let formula) = insertion.content { places[formula.tex] = insertion.position }
      }
    }
    #expect(places["y"] == SourcePosition(file: "notes/parts/b.md", line: 11, column: 1))
    #expect(places["x"] == SourcePosition(file: "notes/a.md", line: 5, column: 7))
  }

  @Test("Files include others, relative to themselves, and the same one twice")
  func nesting() {
    let document = read([
      "notes/a.md": "{{< include x/b.md >}}\n\n{{< include \"c.md\" >}}\n",
      "notes/x/b.md": "B\n\n{{< include ../c.md >}}\n",
      "notes/c.md": "C\n",
    ])
    #expect(document.problems == [])
    let text = document.blocks.compactMap { if case .prose(let prose) = $0 { prose.markdown } else { nil } }
      .joined()
    #expect(text.split(whereSeparator: \.isWhitespace) == ["B", "C", "C"])
    #expect(document.included.map(\.file) == ["notes/x/b.md", "notes/c.md"])
  }

  @Test(
    "What cannot be included is told at its line",
    arguments: [
      ("x\n{{< include none.md >}}", "notes/a.md:2:1: error: the included file none.md cannot be read"),
      ("{{< include a.md >}}", "notes/a.md:1:1: error: files include each other: notes/a.md → notes/a.md"),
      (
        "{{< include b.md >}}",
        "notes/b.md:1:1: error: files include each other: notes/a.md → notes/b.md → notes/a.md"
      ),
      (
        "{{< inclde b.md >}}",
        "notes/a.md:1:1: warning: there is no shortcode \"inclde\" (did you mean \"include\"?)"
      ),
    ])
  func problems(text: String, message: String) {
    let document = read(["notes/a.md": text, "notes/b.md": "{{< include a.md >}}"])
    #expect(document.problems.map(\.description).first?.hasPrefix(message) == true, "\(document.problems)")
  }

  @Test("Fences keep the line as it is")
  func fences() {
    let document = read(["notes/a.md": "```\n{{< include b.md >}}\n```\n"])
    #expect(document.problems == [] && document.included == [])
  }

  @Test("Files that include each other twice over end before memory does")
  func explosion() {
    var files = ["notes/a.md": "{{< include f0.md >}}\n"]
    for level in 0..<40 {
      files["notes/f\(level).md"] = String(repeating: "{{< include f\(level + 1).md >}}\n", count: 2)
    }
    files["notes/f40.md"] = String(repeating: "x", count: 1 << 20) + "\n"
    let document = read(files)
    #expect(document.problems.contains { $0.message.hasPrefix("what is included is longer than 64 MB") })
  }
}
