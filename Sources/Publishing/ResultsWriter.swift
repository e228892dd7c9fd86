import Components
import Execution

/// Writes `results.json`: every number of a document, and nothing that differs from machine to machine.
package enum ResultsWriter {
  /// The text of the file.
  ///
  /// The problems are those of the page, which include the document's; the alternative text is that of
  /// figures to which the author gave none.
  package static func text(
    of executed: ExecutedDocument, problems: [Problem], alternativeText: (LabeledFigure) -> String
  ) -> String {
    let isFailed = problems.contains { $0.severity == .error }
    let content: [String: RecordedValue] = [
      "schema": .integer(1),
      "document": .text(executed.paths.document),
      "engine": .text(Engine.version),
      "seed": .seed(executed.seed),
      "status": .text(isFailed ? "failed" : "ok"),
      "cells": .list(executed.cells.map { cell($0, alternativeText) }),
      "problems": .list(problems.map { problem(executed.paths.shown($0)) }),
    ]
    return RecordedValue.object(content).json + "\n"
  }

  private static func cell(
    _ cell: ExecutedCell, _ alternativeText: (LabeledFigure) -> String
  ) -> RecordedValue {
    var figures: [RecordedValue] = []
    var tables: [RecordedValue] = []
    for output in cell.outputs {
      switch output {
      case .figure(let figure):
        let label = figure.label ?? cell.cell.label(beginning: "fig-") ?? ""
        let alt = figure.alternativeText ?? cell.cell.options.figureAlternativeText ?? alternativeText(figure)
        figures.append(.object(["label": .text(label), "alt": .text(alt)]))
      case .table(let table):
        let label = table.label ?? cell.cell.label(beginning: "tbl-") ?? ""
        tables.append(
          .object([
            "label": .text(label), "columns": .list(table.table.columns.map { .text($0.title) }),
            "rows": .list(table.table.rows.map { .list($0.map(\.recordedValue)) }),
          ]))
      default: continue
      }
    }
    return .object([
      "label": .text(cell.cell.label), "kind": .text(cell.cell.kind.rawValue),
      "line": .integer(cell.cell.position.line), "status": .text(cell.status.rawValue),
      "values": .object(cell.values), "expectations": .list(cell.expectations.map(expectation)),
      "figures": .list(figures), "tables": .list(tables),
    ])
  }

  private static func expectation(_ result: ExpectationResult) -> RecordedValue {
    .object([
      "path": .text(result.path), "expected": .text(result.expected), "actual": result.actual,
      "passed": .boolean(result.passed),
    ])
  }

  private static func problem(_ problem: Problem) -> RecordedValue {
    var content: [String: RecordedValue] = [
      "file": .text(problem.file), "line": .integer(problem.line),
      "column": .integer(problem.column), "severity": .text(problem.severity.rawValue),
      "message": .text(problem.message),
    ]
    if let hint = problem.hint { content["hint"] = .text(hint) }
    return .object(content)
  }
}
