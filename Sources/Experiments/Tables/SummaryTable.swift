import Components
import Plotting

extension ResultView {
  /// The loss and the metrics of every part.
  static let summary = ResultView(
    name: "summary", help: "The loss and the metrics of every part.", isDefault: true,
    columns: { experiment in ["part"] + experiment.scoreNames.map { .init($0, decimals: 4) } }
  ) { result in
    let names = result.experiment.scoreNames
    let parts = ["train", "validation", "test"].filter { result.has("\($0).\(names.first ?? "loss")") }
    let rows = (parts + (result.folds.isEmpty ? [] : ["cv"])).map { part in
      [Table.Cell.text(part == "cv" ? "cross-validation" : part)]
        + names.map { result.cell(at: "\(part).\($0)") }
    }
    guard !rows.isEmpty else { return nil }
    let count = result.repetitions.count
    let spread =
      count > 1
      ? "; means and standard deviations of \(count) repetitions"
      : result.folds.isEmpty ? "" : "; cross-validation shows mean and standard deviation over folds"
    return .table(
      Table(
        columns: ["part"] + names.map { .init($0, decimals: 4) }, rows: rows,
        caption: "Scores of every part\(spread).", hasRowHeaders: true))
  }
}

extension ExperimentResult {
  /// Whether there is a value at a path, or several with a mean.
  func has(_ path: String) -> Bool { values[path] != nil || values["\(path).mean"] != nil }
}
