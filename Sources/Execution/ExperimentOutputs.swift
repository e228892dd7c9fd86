import Components
import Documents
import Experiments
import Plotting

/// What an experiment shows at its block: the views that its recipe asks for, its settings, its expectations.
struct ExperimentOutputs {
  let cell: Cell
  let result: ExperimentResult

  /// The executed cell; expectations that are not met fail it.
  func executed(_ problems: [Problem]) -> ExecutedCell {
    var executed = ExecutedCell(cell: cell, status: .ok, values: result.values, problems: problems)
    for expectation in result.experiment.expectations {
      let actual = result.expectedValue(at: expectation.path)
      let passed = actual.map(expectation.isMet) ?? false
      executed.expectations.append(
        ExpectationResult(
          path: expectation.path, expected: expectation.text, actual: actual ?? .text("missing"),
          passed: passed))
      guard !passed else { continue }
      executed.status = .failed
      executed.problems.append(
        Problem(
          ExecutionError.expectationFailed(
            path: expectation.path, expected: expectation.text, actual: actual.map(text) ?? "missing"),
          at: expectation.position))
    }
    let losses = result.values.keys.filter { $0 == "train.loss" || $0.hasSuffix(".train.loss") }.sorted()
    if let loss = losses.lazy.compactMap({ result.values[$0]?.number }).first(where: { !$0.isFinite }) {
      executed.problems.append(
        Problem(ExecutionError.diverged(loss: ValueFormat.short(loss)), at: cell.position, severity: .warning)
      )
    }
    for failure in result.failures {
      executed.status = .failed
      executed.problems.append(Problem(failure, at: cell.position))
    }
    for name in result.experiment.shown {
      guard let content = ResultView.named(name)?.make(result) else { continue }
      executed.outputs.append(output(content, name))
    }
    do {
      let files = try result.exportedFiles()
      if !files.isEmpty { executed.outputs.append(.files(files)) }
    } catch {
      executed.status = .failed
      let failure = (error as? any Explained).map { Problem($0, at: cell.position) }
      executed.problems.append(failure ?? Problem(at: cell.position, message: "\(error)"))
    }
    executed.outputs.append(
      .settings(
        result.experiment.settings.map { Setting(path: $0.path, value: $0.value, isGiven: $0.isGiven) }))
    return executed
  }

  private func output(_ content: ResultView.Content, _ name: String) -> CellOutput {
    switch content {
    case .figure(let figure, let caption):
      .figure(
        LabeledFigure(
          label: "fig-\(cell.label)-\(name)", figure: figure, caption: caption, alternativeText: nil,
          size: cell.options.size(of: figure)))
    case .paragraph(let text): .paragraph(text)
    case .table(let table):
      .table(LabeledTable(label: "tbl-\(cell.label)-\(name)", table: table, caption: table.caption))
    }
  }

  private func text(_ value: RecordedValue) -> String {
    value.number.map(ValueFormat.short) ?? value.compactJSON
  }
}
