import Plotting
import Tensors

extension ResultView {
  /// The first metric of every fold, with the mean.
  static let foldScores = ResultView(
    name: "fold-scores", help: "The score of every fold of the cross-validation.", isDefault: true
  ) { result in
    guard !result.folds.isEmpty else { return nil }
    let name = result.experiment.metrics.first?.name ?? "loss"
    let values = result.folds.map { $0.metrics.first ?? $0.loss }
    let names = result.folds.indices.map { "\($0 + 1)" }
    let mean = Statistics.mean(values)
    let plot = Plot(x: .categories("held-out fold"), y: .linear(name, limits: nil)) {
      BarMark(categories: names, heights: values, series: nil)
      RuleMark(y: mean, label: "mean")
    }
    return .figure(
      .plot(plot), caption: "\(capitalized(name)) of each held-out fold; the dashed line is the mean.")
  }
}
