import Foundation
import Testing

/// Compares a text with a stored one; RECORD_SNAPSHOTS=1 stores it.
enum Snapshot {
  static func check(_ text: String, name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Snapshots")
    let file = folder.appendingPathComponent("\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let stored = try? String(contentsOf: file, encoding: .utf8)
    #expect(stored != nil, "there is no snapshot \(name).txt", sourceLocation: sourceLocation)
    #expect(stored == text, sourceLocation: sourceLocation)
  }
}
