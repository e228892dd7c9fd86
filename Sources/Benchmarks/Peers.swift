import Foundation

/// Runs the peers of a benchmark, where they are installed.
enum Peers {
  /// The microseconds that a script measures for each case; nil if the Python cannot run it.
  static func microseconds<Case: Encodable>(of cases: [Case], script name: String, python: String)
    -> [Double]?
  {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Tests/Peers/\(name)")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, script.standardizedFileURL.path]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil, let text = try? JSONEncoder().encode(cases) else { return nil }
    input.fileHandleForWriting.write(text)
    try? input.fileHandleForWriting.close()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try? JSONDecoder().decode([Double].self, from: answer)
  }
}
