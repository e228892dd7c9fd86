import Components
import Documents
import Execution
import Foundation
import Publishing
import Testing

@Suite("Links and images of the prose")
struct LocalFilesTests {
  private func page(_ text: String, files: [String: Data] = [:]) throws -> Page {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, data) in files { try data.write(to: folder.appending(path: name)) }
    let document = DocumentReader.read(text: text, file: folder.appending(path: "a.md").path)
    return try SampleDocument.page(
      ExecutedDocument(document: document, seed: 0, cells: [], inlineTexts: [:], problems: document.problems))
  }

  @Test("Images stand in the page itself")
  func images() throws {
    let page = try page(
      "![a moon](moon.png \"t\") ![again](<a b.svg>) ![web](https://a.de/x.png)\n\n`![code](none.png)`",
      files: ["moon.png": Data([1, 2, 3]), "a b.svg": Data("<svg/>".utf8)])
    #expect(page.problems == [])
    #expect(page.html.contains("<img src=\"data:image/png;base64,AQID\" alt=\"a moon\" title=\"t\">"))
    #expect(page.html.contains("data:image/svg+xml;base64,PHN2Zy8+"))
    #expect(page.html.contains("src=\"https://a.de/x.png\""))
  }

  @Test("What leads nowhere is told with its place")
  func problems() throws {
    let page = try page(
      """
      # Moons {#sec-moons}

      ### Deep

      [here](#sec-moons) [not](#sec-moon) [beside](b.html#x) [gone](c.html) [index](index.html) [mail](mailto:a@b.de)
      ![](moon.png) ![x](none.png) ![y](b.md)
      """, files: ["b.md": Data(), "moon.png": Data([1])])
    #expect(
      page.problems.map { "\($0.line):\($0.column) \($0.severity.rawValue): \($0.message)" } == [
        "3:5 warning: a heading of level 3 follows one of level 1",
        "5:20 warning: the page has no place \"#sec-moon\" that the link leads to",
        "5:56 warning: the link leads to c.html, which does not exist",
        "6:1 warning: the image moon.png has no text for those who do not see it",
        "6:15 error: the image none.png cannot be read", "6:30 error: b.md is no image that pages can hold",
      ])
    #expect(page.problems[1].hint == "did you mean \"#sec-moons\"?")
  }

  @Test("A long line of brackets is read in no time")
  func brackets() {
    let text = String(repeating: "[](", count: 30_000) + String(repeating: "](x)", count: 30_000)
    #expect(DocumentReader.read(text: text, file: "a.md").blocks.count == 1)
  }
}
