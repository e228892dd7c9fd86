import Experiments
import Foundation
import Plotting
import Testing

@Suite("The gallery")
struct GalleryTests {
  private func text() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent("lectures/gallery.md"), encoding: .utf8)
  }

  @Test("shows every mark", arguments: MarkKind.catalog.map(\.name))
  func mark(name: String) throws {
    let kind = try #require(MarkKind.catalog.first { $0.name == name })
    let type = String(describing: Swift.type(of: kind.example([1, 2], [1, 2])))
    #expect(try text().contains("`\(type)`"), "\(type)")
  }

  @Test("shows every figure of results", arguments: ResultView.all.filter { $0.example != nil }.map(\.name))
  func figure(name: String) throws {
    let text = try text()
    #expect(text.contains("kind: \(name)\n") || text.contains("#| label: fig-\(name)\n"))
  }
}
