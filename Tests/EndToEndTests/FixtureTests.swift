import Foundation
import Testing

@Suite("Whole runs of documents")
struct FixtureTests {
  @Test("A document gives its messages, its exit status, its results and its page", arguments: Fixture.all)
  func document(_ fixture: Fixture) throws {
    let folder = try fixture.copied()
    let run = try Command.run(fixture.arguments, in: folder)
    let isRendered = fixture.arguments.first == "render"
    try fixture.compare(
      run.error, with: "expected-error.txt", standard: isRendered ? "document.md: ok (0.00 s)\n" : "")
    try fixture.compare(run.output, with: "expected-output.txt", standard: "")
    try fixture.compare(status: run.status)
    guard isRendered, run.status != 2 else {
      #expect(Workspace.bytes("out/document.html", in: folder) == nil, "nothing is written")
      return
    }
    let page = try #require(Workspace.text("out/document.html", in: folder), "the report is written")
    try comparePage(page, fixture)
    compareProblems(page, run.error, fixture)
    try compareResults(folder, fixture)
    #expect(try leftovers(of: fixture, in: folder).isEmpty, "folders of Swift cells are removed")
  }

  /// Every line stands in the page, in this order; those behind an exclamation mark do not.
  private func comparePage(_ page: String, _ fixture: Fixture) throws {
    let isWhole = page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n")
    #expect(isWhole)
    // What the page embeds for machines is not what readers see.
    let body = page.split(separator: "<script", maxSplits: 1).first ?? ""
    var rest = body.replacing(#/<span class="value">(?<text>[^<]*)</span>/#) { $0.output.text }[...]
    if let main = rest.range(of: "<main") { rest = rest[main.lowerBound...] }
    for line in (fixture.text("expected-in-page.txt") ?? "").split(separator: "\n") {
      if line.hasPrefix("! ") {
        let isAbsent = !body.contains(line.dropFirst(2))
        #expect(isAbsent, "\"\(line.dropFirst(2))\" must not stand in the page of \(fixture.name)")
      } else if let range = rest.range(of: line) {
        rest = rest[range.upperBound...]
      } else {
        Issue.record("\"\(line)\" does not stand in its place in the page of \(fixture.name)")
      }
    }
  }

  /// Every error stands in the list at the top of the page and once more where it happened; those of the front matter
  /// happened at the top.
  private func compareProblems(_ page: String, _ messages: String, _ fixture: Fixture) {
    let body = page.split(separator: "<script", maxSplits: 1).first.map(String.init) ?? ""
    let head = (fixture.text("document.md") ?? "").hasPrefix("---\n")
    let firstLine =
      head
      ? (fixture.text("document.md") ?? "").split(separator: "\n---\n")[0].count(where: \.isNewline) + 2 : 1
    for match in messages.matches(
      of: #/(?m)^[^:\n]+:(?<line>\d+):\d+: error: (?<sentence>.*?)(?: \([^()]*\))?$/#)
    {
      let isHead = Int(match.output.line).map { $0 <= firstLine && (head || $0 == 1) } ?? false
      // The first letter is a capital in the page.
      let text = String(match.output.sentence.dropFirst())
      let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
        ">", with: "&gt;"
      )
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
      let count = body.ranges(of: escaped).count
      #expect(
        count >= (isHead ? 1 : 2), "\"\(match.output.sentence)\" is shown in its place in \(fixture.name)")
    }
  }

  private func compareResults(_ folder: URL, _ fixture: Fixture) throws {
    let results = try #require(Workspace.text("out/document.results.json", in: folder), "results are written")
    guard fixture.text("expected.results.json") != nil else { return }
    try fixture.compare(results, with: "expected.results.json", standard: nil)
  }

  /// What a run has left behind: hidden files beside the reports, folders of its Swift cells in the project.
  private func leftovers(of fixture: Fixture, in folder: URL) throws -> [String] {
    let hidden = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(".") }
    let storage = Workspace.root.appendingPathComponent(".lectern").path
    let cells = try FileManager.default.contentsOfDirectory(atPath: storage).filter { name in
      let source = try? String(contentsOfFile: "\(storage)/\(name)/cells.swift", encoding: .utf8)
      return source?.contains("\"cases/\(fixture.name)/document.md\"") == true
    }
    return hidden + cells
  }
}
