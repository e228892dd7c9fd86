import Documents
import Execution
import Foundation
import Publishing
import Testing

@Suite("Robustness")
struct RobustnessTests {
  private func compose(_ text: String) throws {
    let document = DocumentReader.read(text: text, file: "a.md")
    let cells = document.cells.map { ExecutedCell(cell: $0, status: .ok, outputs: [.text("x")]) }
    let executed = ExecutedDocument(
      document: document, seed: 0, cells: cells, inlineTexts: [:], problems: document.problems)
    let page = try SampleDocument.page(executed)
    #expect(page.html.hasSuffix("</html>\n"))
    #expect(!page.html.contains(Placeholder.opening))
  }

  @Test("A document cut off anywhere becomes a page")
  func prefixes() throws {
    let bytes = Array(SampleDocument.text.utf8)
    for count in stride(from: 0, to: bytes.count, by: 7) {
      try compose(String(decoding: bytes[..<count], as: UTF8.self))
    }
  }

  @Test("A document with characters in wrong places becomes a page")
  func noise() throws {
    let marks = Array("`$@{}[]()<>|#:-!\"'\\&*=\n \t".utf8) + [0xC3, 0xFF]
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      // Knuth's linear congruential generator: the same documents in every run.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<200 {
      var bytes = Array(SampleDocument.text.utf8)
      for _ in 0..<20 { bytes[next(bytes.count)] = marks[next(marks.count)] }
      try compose(String(decoding: bytes, as: UTF8.self))
    }
  }
}
