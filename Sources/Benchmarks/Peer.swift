import Foundation

/// A peer of the benchmarks: a script that measures a case for every line that it is sent.
final class Peer {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var rest = Data()

  /// Starts a script of `Tests/Peers`; nil if the Python cannot be run.
  init?(_ script: String, python: String) {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Tests/Peers/\(script)")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, path.standardizedFileURL.path]
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil else { return nil }
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The microseconds of a case; nil if the script cannot measure it.
  func microseconds(_ request: some Encodable) -> Double? {
    guard process.isRunning, var line = try? JSONEncoder().encode(request) else { return nil }
    line.append(0x0A)
    guard (try? input.fileHandleForWriting.write(contentsOf: line)) != nil else { return nil }
    while !rest.contains(0x0A) {
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { return nil }
      rest.append(more)
    }
    guard let end = rest.firstIndex(of: 0x0A) else { return nil }
    let answer = rest[..<end]
    rest = Data(rest[rest.index(after: end)...])
    return try? JSONDecoder().decode(Double?.self, from: answer)
  }
}
