import Components
import Foundation

/// What the Swift compiler wrote: its errors and warnings at their places in the document.
///
/// The compiler sees a program that Lectern has woven: advice on what Lectern added is left out, and errors that it
/// notices only there, such as a bracket that nothing closes, are brought back to the author's text.
package struct CompilerOutput {
  /// The problems in the document, in the order of the compiler.
  package private(set) var problems: [Problem] = []

  private let program: WovenProgram
  private let file: String

  private func file(of region: WovenProgram.Region) -> String {
    program.files.indices.contains(region.file) ? program.files[region.file] : file
  }

  /// Reads `file:line:column: error: message` lines; excerpts and notes are left out.
  ///
  /// `file` is how messages call the document, `name` what the compiler calls it.
  package init(_ text: String, program: WovenProgram, file: String, name: String) {
    self.program = program
    self.file = file
    var stray: [Problem] = []
    var seen: Set<Problem> = []
    for line in text.split(separator: "\n") {
      for severity in [Problem.Severity.error, .warning] {
        guard let (place, message) = Self.parts(line, severity) else { continue }
        let region = program.region(at: place, document: name)
        let position = region.map { self.position(of: place, in: $0) }
        let problem = Problem(
          ExecutionError.compiler(message: message), at: position ?? lastPosition, severity: severity)
        let isGenerated = region == nil || place.column >= WovenProgram.firstGeneratedColumn
        // A cell's constants decide some branches; the author may change them.
        let isBranch = message == "will never be executed"
        if severity == .warning, isGenerated || isBranch || isAdviceOnVariable(message, region, place) {
          continue
        }
        guard seen.insert(problem).inserted else { continue }
        if region == nil { stray.append(problem) } else { problems.append(problem) }
      }
    }
    guard let first = stray.first else { return }
    if let bracket = unbalancedBracket() {
      problems.append(bracket)
    } else if !problems.contains(where: { $0.severity == .error }) {
      problems.append(first)
    }
  }

  /// What the compiler says of the call around an expression is said of the expression.
  private func position(of place: SourcePosition, in region: WovenProgram.Region) -> SourcePosition {
    let isGenerated = place.column >= WovenProgram.firstGeneratedColumn || place.column <= region.offset
    guard !isGenerated else {
      return SourcePosition(file: file(of: region), line: region.lines.lowerBound, column: region.column)
    }
    let offset = place.line == region.lines.lowerBound ? region.offset : 0
    return SourcePosition(file: file(of: region), line: place.line, column: place.column - offset)
  }

  /// Where the last statement ends.
  private var lastPosition: SourcePosition {
    SourcePosition(
      file: program.regions.last.map(file(of:)) ?? file, line: program.regions.last?.lines.upperBound ?? 1)
  }

  /// Later cells and other runs may use what a cell declares for all to see.
  private func isAdviceOnVariable(
    _ message: String, _ region: WovenProgram.Region?, _ place: SourcePosition
  ) -> Bool {
    guard let region, region.isVariable, place.line == region.lines.lowerBound else { return false }
    return message.contains("was never used") || message.contains("was never mutated")
      || message.contains("but never read")
  }

  private func unbalancedBracket() -> Problem? {
    for cell in program.cells {
      guard let bracket = StatementSplitter.unbalancedBracket(in: cell.source) else { continue }
      let position = SourcePosition(
        file: cell.position.file, line: cell.sourceLine + bracket.line, column: bracket.column + 1)
      return Problem(
        ExecutionError.unbalancedBracket(bracket.text, isOpening: bracket.isOpening), at: position)
    }
    return nil
  }

  private static func parts(
    _ line: Substring, _ severity: Problem.Severity
  ) -> (place: SourcePosition, message: String)? {
    guard let range = line.range(of: ": \(severity.rawValue): ") else { return nil }
    let place = line[..<range.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
    guard place.count >= 3, let column = Int(place[place.count - 1]), let number = Int(place[place.count - 2])
    else {
      return nil
    }
    let file = place.dropLast(2).joined(separator: ":")
    // The compiler ends some messages with the name of their group, as in [#no-usage].
    let message = line[range.upperBound...].replacing(/\ \[#[A-Za-z0-9-]+\]$/, with: "")
    return (SourcePosition(file: file, line: number, column: column), String(message))
  }
}

extension WovenProgram {
  /// The part of the document that a place of the compiler lies in: what lies far to the right of the line above or
  /// below an expression belongs to it.
  func region(at place: SourcePosition, document: String) -> Region? {
    let regions = regions.filter { place.file == Self.name(ofFile: $0.file, document: document) }
    if place.column >= Self.firstGeneratedColumn {
      return regions.first { $0.lines.lowerBound == place.line + 1 || $0.lines.upperBound == place.line - 1 }
    }
    return regions.first { $0.lines.contains(place.line) }
  }
}
