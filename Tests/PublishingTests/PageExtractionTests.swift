import Foundation
import Publishing
import Testing

@Suite("Pages taken apart")
struct PageExtractionTests {
  private func page(_ json: String) -> String {
    "<script type=\"application/json\" id=\"provenance\">\n\(json)\n</script>"
  }

  @Test("Nothing is written outside of the folder", arguments: ["../a.md", "/etc/a.md", "a/../../b.md", ""])
  func outside(path: String) {
    #expect(throws: ExtractionError.outside(path: path)) {
      try PageExtraction(html: page("{\"document\": \"\(path)\", \"source\": \"x\"}"))
    }
  }

  @Test("Inputs that are damaged are errors, those from elsewhere are told")
  func inputs() throws {
    let gzip = "H4sIAAAAAAACA0sEAEO+t+gBAAAA"  // the letter a
    let digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    func source(_ path: String, _ digest: String) -> String {
      page(
        "{\"document\": \"n/a.md\", \"source\": \"x\", \"inputs\": [{\"path\": \"\(path)\", \"sha256\": \"\(digest)\", "
          + "\"gzip\": \"\(gzip)\"}]}")
    }
    let whole = try PageExtraction(html: source("../t.csv", digest))
    #expect(whole.files.map(\.path) == ["n/a.md", "t.csv"])
    #expect(whole.files.last?.contents == Data("a".utf8))
    let elsewhere = try PageExtraction(html: source("../../t.csv", digest))
    #expect(elsewhere.files.map(\.path) == ["n/a.md"] && elsewhere.missing.map(\.path) == ["../../t.csv"])
    #expect(throws: ExtractionError.damaged(path: "t.csv")) {
      try PageExtraction(html: source("t.csv", "00"))
    }
  }

  @Test(
    "What is no page says so",
    arguments: ["", "<html></html>", "<script type=\"application/json\" id=\"provenance\">{"])
  func foreign(html: String) {
    #expect(throws: ExtractionError.notMadeHere) { try PageExtraction(html: html) }
  }
}
