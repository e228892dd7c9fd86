import Components
import Foundation


/// What the Swift compiler wrote: its errors and warnings at their places in the document.
struct CompilerOutput {
  /// The problems in the document, in the order of the compiler.
  var problems: [Problem] = []

  /// Reads `file:line:column: error: message` lines; excerpts and notes are left out, and what lies outside of the
  /// document is taken to its beginning, since it cannot be the author's doing.
  init(_ text: String, file: String, reportsWarnings: Bool) {
    var seen: Set<Problem> = []
    for line in text.split(separator: "\n") {
      for severity in [Problem.Severity.error, .warning] {
        guard let (place, message) = Self.parts(line, severity), severity == .error || reportsWarnings else { continue }
        let isInDocument = place.file == file
        if !isInDocument, severity == .warning { continue }
        let position = isInDocument ? place : SourcePosition(file: file, line: 1)
        let problem = Problem(ExecutionError.compiler(message: message), at: position, severity: severity)
        if seen.insert(problem).inserted { problems.append(problem) }
      }
    }
  }

  private static func parts(
    _ line: Substring, _ severity: Problem.Severity
  ) -> (place: SourcePosition, message: String)? {
    guard let range = line.range(of: ": \(severity.rawValue): ") else { return nil }
    let place = line[..<range.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
    guard place.count >= 3, let column = Int(place[place.count - 1]), let number = Int(place[place.count - 2]) else {
      return nil
    }
    let file = place.dropLast(2).joined(separator: ":")
    return (SourcePosition(file: file, line: number, column: column), String(line[range.upperBound...]))
  }
}
