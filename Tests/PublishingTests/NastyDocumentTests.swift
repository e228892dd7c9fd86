import Components
import Documents
import Execution
import Foundation
import Publishing
import Testing

@Suite("Nasty documents")
struct NastyDocumentTests {
  /// A page of some bytes, as a file would give it; experiments are not computed.
  static func page(_ bytes: [UInt8], format: FrontMatter.Format? = nil) throws -> Page {
    let text = String(decoding: bytes, as: UTF8.self)
    var settings = DocumentReader.Settings { path in path.hasSuffix("nasty.md") ? text : nil }
    settings.format = format
    let document = DocumentReader.read(text: text, file: "nasty.md", settings: settings)
    let cells = document.cells.map { ExecutedCell(cell: $0, status: .ok, outputs: [.text("</pre><script>")]) }
    let executed = ExecutedDocument(
      document: document, seed: 0, cells: cells, inlineTexts: [:], problems: document.problems)
    return try SampleDocument.page(executed)
  }

  private func check(_ bytes: [UInt8], _ name: String, format: FrontMatter.Format? = nil) throws {
    let begin = ContinuousClock.now
    let page = try Self.page(bytes, format: format)
    #expect(page.html.hasSuffix("</html>\n"), "\(name)")
    // The source in the page is as it was.
    let shown = page.html.split(separator: "<script type=\"application/json\"", maxSplits: 1).first ?? ""
    #expect(!shown.contains(/QZXB?[0-9]+XZQ/), "\(name)")
    let isPrintable = page.html.utf8.allSatisfy {
      $0 >= 0x20 && $0 != 0x7F || $0 == 10 || $0 == 13 || $0 == 9
    }
    #expect(isPrintable, "\(name)")
    let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
    for problem in page.problems where problem.file == "nasty.md" {
      #expect((1...lines).contains(problem.line) && problem.column >= 1, "\(name): \(problem)")
    }
    // A hang, not a measurement: on any machine this takes a fraction of it.
    #expect(ContinuousClock.now - begin < .seconds(20), "\(name)")
  }

  @Test("Every nasty document gives a page")
  func corpus() throws {
    let documents = NastyDocuments.all
    #expect(documents.count >= 200)
    for (number, bytes) in documents.enumerated() { try check(bytes, "document \(number)") }
  }

  @Test("Every nasty piece gives slides")
  func slides() throws {
    for piece in NastyDocuments.pieces {
      try check(Array("# A\n\n\(piece)\n\n## B\n\n\(piece)\n".utf8), piece, format: .slides)
    }
  }

  @Test("Pieces in any order give a page")
  func mixtures() throws {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      // Knuth's linear congruential generator: the same documents in every run.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let joints = ["\n", "\n\n", " ", "", "\n  ", "\r\n", "\n> ", "\n- "]
    for number in 0..<300 {
      var text: [UInt8] = []
      for _ in 0..<(2 + next(12)) {
        text += Array(NastyDocuments.pieces[next(NastyDocuments.pieces.count)].utf8)
        text += Array(joints[next(joints.count)].utf8)
      }
      if next(4) == 0 { text[next(text.count)] = UInt8(next(256)) }
      try check(text, "mixture \(number): \(String(decoding: text, as: UTF8.self).debugDescription)")
    }
  }
}
