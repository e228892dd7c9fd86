import Components
import Plotting

extension ResultView {
  /// The loss and the metrics of every part.
  static let summary = ResultView.table(
    name: "summary", help: "The loss and the metrics of every part.", isDefault: true,
    caption: "Scores of every part; cross-validation shows mean and standard deviation over folds.",
    columns: { experiment in ["part"] + experiment.scoreNames.map { .init($0, decimals: 4) } },
    rows: { result in
      let names = result.experiment.scoreNames
      let parts = ["train", "validation", "test"].filter { result.has("\($0).\(names.first ?? "loss")") }
      return (parts + (result.folds.isEmpty ? [] : ["cv"])).map { part in
        [.text(part == "cv" ? "cross-validation" : part)] + names.map { result.cell(at: "\(part).\($0)") }
      }
    })
}

extension ExperimentResult {
  /// Whether there is a value at a path, or several with a mean.
  func has(_ path: String) -> Bool { values[path] != nil || values["\(path).mean"] != nil }
}
