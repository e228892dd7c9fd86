import Components
import Documents
import Foundation
import Lectern
import Plotting

/// Sorts the events of a run to the cells that caused them, and finds out which cell failed and where.
struct CellOutcomes {
  let document: Document
  let program: WovenProgram
  let conversation: CellConversation

  func outcome() -> SwiftCellRunner.Outcome {
    var outcome = SwiftCellRunner.Outcome()
    var executed = program.cells.map { ExecutedCell(cell: $0, status: .skipped) }
    var ended = [Bool](repeating: false, count: executed.count)
    var current: Int?
    var last: Int?
    var thrown: String?
    var figureCount = 0
    for event in conversation.events {
      switch event {
      case .begin(let cell):
        (current, last) = (cell, cell)
        figureCount = 0
        executed[cell].status = .failed
      case .end(let cell):
        executed[cell].status = .ok
        ended[cell] = true
        current = nil
      case .thrown(let message): thrown = message
      case .inline(let index, let value): outcome.inline[index] = value
      default:
        guard let cell = current else { continue }
        apply(event, to: &executed[cell], figureCount: &figureCount)
      }
    }
    for number in executed.indices {
      guard let printed = conversation.printed[number], executed[number].status != .skipped else { continue }
      let text = CellText(printed)
      if !text.output.isEmpty { executed[number].outputs.insert(.text(text.shown), at: 0) }
    }
    fail(&executed, current: current, last: last, thrown: thrown, &outcome)
    for cell in executed { outcome.cells[cell.cell.label] = cell }
    return outcome
  }

  private func apply(_ event: CellEvent, to cell: inout ExecutedCell, figureCount: inout Int) {
    let options = cell.cell.options
    switch event {
    case .value(let name, let value): cell.values[name] = value
    case .text(let text): cell.outputs.append(.value(text))
    case .table(let table):
      let isFirst = !cell.outputs.contains { if case .table = $0 { true } else { false } }
      let hasLabel = isFirst && cell.cell.isLabeled && cell.cell.label.hasPrefix("tbl-")
      cell.outputs.append(
        .table(
          LabeledTable(
            label: hasLabel ? cell.cell.label : nil, table: table,
            caption: (isFirst ? options.tableCaption : nil) ?? table.caption)))
    case .figure(let figure):
      figureCount += 1
      let isFirst = figureCount == 1
      let hasLabel = isFirst && cell.cell.isLabeled
      let label = cell.cell.label.hasPrefix("fig-") ? cell.cell.label : "fig-\(cell.cell.label)"
      cell.outputs.append(
        .figure(
          LabeledFigure(
            label: hasLabel ? label : nil, figure: figure, caption: isFirst ? options.figureCaption : nil,
            alternativeText: isFirst ? options.figureAlternativeText : nil, size: options.size(of: figure))))
    case .expectation(let text, let actual, let passed, let line):
      cell.expectations.append(
        ExpectationResult(path: text, expected: "true", actual: actual, passed: passed))
      if !passed {
        cell.status = .failed
        cell.problems.append(
          Problem(
            ExecutionError.expectationFailed(path: text, expected: "true", actual: actual.compactJSON),
            at: position(line: line)))
      }
    case .begin, .end, .thrown, .inline: return
    }
  }

  /// Gives the failure, if there is one, to the cell that ran last.
  private func fail(
    _ executed: inout [ExecutedCell], current: Int?, last: Int?, thrown: String?,
    _ outcome: inout SwiftCellRunner.Outcome
  ) {
    guard let error = failure(current: current, last: last, thrown: thrown) else {
      // Expectations that were not met fail their cell, even though it came to its end.
      for number in executed.indices where executed[number].expectations.contains(where: { !$0.passed }) {
        executed[number].status = .failed
      }
      return
    }
    let problem = Problem(error, at: position(line: conversation.lastLine, outcome))
    if let current {
      executed[current].status = .failed
      executed[current].problems.append(problem)
    } else {
      outcome.problems.append(problem)
    }
  }

  private func failure(current: Int?, last: Int?, thrown: String?) -> ExecutionError? {
    if case .timeout(let seconds) = conversation.end { return .timeout(seconds: seconds) }
    if let thrown { return .thrown(message: thrown) }
    let isWhole = current == nil && conversation.end == .process(.exited(0))
    if isWhole { return nil }
    if let text = (current ?? last).flatMap({ conversation.printed[$0] }),
      let message = CellText(text).fatalError
    {
      return .trap(message: message)
    }
    switch conversation.end {
    case .process(.signaled(let number)): return .signal(number)
    case .process(.exited(let status)): return .exited(status: status)
    case .timeout(let seconds): return .timeout(seconds: seconds)
    }
  }

  /// Where the statement or the inline expression on a line begins.
  private func position(line: Int, _ outcome: SwiftCellRunner.Outcome) -> SourcePosition {
    let value = program.inlineValues.first {
      outcome.inline[$0.index] == nil && ($0.position.file, $0.position.line) == program.place(ofLine: line)
    }
    return value?.position ?? position(line: line)
  }

  /// Where the statement on a line begins.
  private func position(line: Int) -> SourcePosition {
    let place = program.place(ofLine: line)
    let text = document.sources.first { $0.file == place.file }?.text ?? ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let number = max(place.line, 1)
    let line = number <= lines.count ? lines[number - 1] : ""
    let column = line.prefix { $0 == " " || $0 == "\t" }.count + 1
    return SourcePosition(file: place.file, line: number, column: column)
  }
}

/// What a cell printed, without what the runtime adds when it stops.
package struct CellText {
  /// The author's output.
  package let output: String
  /// The message of the fatal error, if one was printed.
  package let fatalError: String?

  /// The most bytes of output that a page shows.
  private static let mostBytes = 100_000

  /// The output as a page shows it: of very much only the beginning.
  package var shown: String {
    guard output.utf8.count > Self.mostBytes else { return output }
    let beginning = String(decoding: output.utf8.prefix(Self.mostBytes), as: UTF8.self)
    let kept = beginning[..<(beginning.lastIndex(of: "\n") ?? beginning.endIndex)]
    let left = output.utf8.dropFirst(kept.utf8.count + 1).split(separator: UInt8(ascii: "\n")).count
    return kept + "\n… and \(left) more \(left == 1 ? "line" : "lines")"
  }

  package init(_ printed: String) {
    var kept: [Substring] = []
    var message: String?
    for line in printed.split(separator: "\n", omittingEmptySubsequences: false) {
      if let range = line.range(of: "Fatal error") {
        message = line[range.upperBound...].drop { $0 == ":" || $0 == " " }.description
        break
      }
      if let range = line.range(of: "Precondition failed") ?? line.range(of: "Assertion failed") {
        message = String(line[range.lowerBound...])
        break
      }
      if line.hasPrefix("Stack dump:") || line.hasPrefix("PLEASE submit a bug report")
        || line.hasPrefix("Please submit a bug report")
      {
        break
      }
      kept.append(line)
    }
    output = kept.joined(separator: "\n")
    fatalError = message
  }
}
