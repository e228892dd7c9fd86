import Foundation
import Testing

/// A case of `Fixtures/`: a document, what it needs, and what must come of it.
struct Fixture: CustomTestStringConvertible, Sendable {
  /// The name of its folder.
  let name: String

  var testDescription: String { name }

  /// The folder of all cases.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  /// All cases by name.
  static let all: [Fixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map(Fixture.init)
  }()

  /// Whether the expectations are written anew.
  static let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"

  /// The folder of the case.
  var folder: URL { Self.folder.appendingPathComponent(name) }

  /// The arguments of the command: a line each, and the folder of the reports.
  var arguments: [String] {
    let given = text("arguments.txt")?.split(separator: "\n").map(String.init) ?? ["render", "document.md"]
    return given.first == "render" && !given.contains("--output") ? given + ["--output", "out"] : given
  }

  /// What must stand on standard error; a line that says ok, unless the case says otherwise.
  var expectedError: String {
    text("expected-error.txt") ?? (arguments.first == "render" ? "document.md: ok (0.00 s)\n" : "")
  }

  /// What must stand on standard output.
  var expectedOutput: String { text("expected-output.txt") ?? "" }

  /// The exit status: 1 with an error, otherwise 0, unless the case says otherwise.
  var expectedStatus: Int32 {
    let given = text("expected-status.txt")?.trimmingCharacters(in: .whitespacesAndNewlines).description
    let hasError = [expectedError, expectedOutput].contains {
      $0.contains(": error: ") || $0.contains("\"severity\": \"error\"")
    }
    return given.flatMap { Int32($0) } ?? (hasError ? 1 : 0)
  }

  /// Compares the exit status, or writes its file if it is not what the messages tell.
  func compare(status: Int32) throws {
    guard Self.isRecording else {
      #expect(status == expectedStatus, "the exit status of \(name)")
      return
    }
    let file = folder.appendingPathComponent("expected-status.txt")
    try? FileManager.default.removeItem(at: file)
    if status != expectedStatus { try Data("\(status)\n".utf8).write(to: file) }
  }

  /// Copies the case to a folder of its own.
  func copied() throws -> URL {
    let target = try Workspace.folder("cases/\(name)")
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where !file.hasPrefix("expected") {
      try FileManager.default.copyItem(
        at: folder.appendingPathComponent(file), to: target.appendingPathComponent(file))
    }
    return target
  }

  /// The text of a file of the case; nil if there is none.
  func text(_ file: String) -> String? { Workspace.text(file, in: folder) }

  /// Compares a text with a file of the case, or writes the file.
  ///
  /// Without a file, the text must be `standard`.
  func compare(_ actual: String, with file: String, standard: String?) throws {
    let url = folder.appendingPathComponent(file)
    if Self.isRecording {
      if actual == standard {
        try? FileManager.default.removeItem(at: url)
      } else {
        try Data(actual.utf8).write(to: url)
      }
      return
    }
    #expect(actual == text(file) ?? standard, "\(file) of \(name)")
  }
}
