import Foundation
import Testing

/// The built command `lectern`, run as a child in a folder.
struct Command {
  /// What a run gave.
  struct Run {
    var status: Int32
    var output: String
    var error: String
  }

  /// The folder of the build, where the tests, the command and the library of Swift cells stand side by side.
  static let buildFolder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  /// The command and the library that its Swift cells load; `swift test` alone builds neither anew.
  static func executable() throws -> URL {
    let names = ["lectern", "libLectern.so"]
    for name in names {
      let path = buildFolder.appendingPathComponent(name).path
      try #require(
        FileManager.default.fileExists(atPath: path),
        "\(path) is missing: run `swift build -c release` with the same scratch path first, as `make test` does"
      )
    }
    return buildFolder.appendingPathComponent(names[0])
  }

  /// Starts the command; what it writes goes into files beside the folder.
  static func start(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> (process: Process, output: URL, error: URL) {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let number = UInt64.random(in: 0 ... .max)
    let files = ["output", "error"].map { folder.appendingPathComponent(".\($0)-\(number)") }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return (process, files[0], files[1])
  }

  /// Runs the command to its end.
  @discardableResult
  static func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> Run {
    let (process, output, error) = try start(arguments, in: folder, environment: environment)
    process.waitUntilExit()
    defer { for file in [output, error] { try? FileManager.default.removeItem(at: file) } }
    return Run(
      status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      error: withoutTimes(try String(contentsOf: error, encoding: .utf8)))
  }

  /// Every `(0.12 s)` as `(0.00 s)`.
  static func withoutTimes(_ text: String) -> String {
    text.replacing(/\([0-9]+\.[0-9]+ s\)/, with: "(0.00 s)")
  }
}

/// A folder for a test, in a project of all tests that keeps the compiled modules of Swift cells.
enum Workspace {
  /// The root of the project.
  static let root = Command.buildFolder.appendingPathComponent("end-to-end")

  /// An empty folder of this name.
  static func folder(_ name: String) throws -> URL {
    let manager = FileManager.default
    try manager.createDirectory(
      at: root.appendingPathComponent(".lectern"), withIntermediateDirectories: true)
    let folder = root.appendingPathComponent(name)
    if manager.fileExists(atPath: folder.path) { try manager.removeItem(at: folder) }
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A folder of this name with these files.
  static func folder(_ name: String, files: [String: String]) throws -> URL {
    let folder = try folder(name)
    for (path, text) in files {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return folder
  }

  /// The bytes of a file; nil if there is none.
  static func bytes(_ path: String, in folder: URL) -> Data? {
    FileManager.default.contents(atPath: folder.appendingPathComponent(path).path)
  }

  /// The text of a file; nil if there is none.
  static func text(_ path: String, in folder: URL) -> String? {
    bytes(path, in: folder).map { String(decoding: $0, as: UTF8.self) }
  }
}
