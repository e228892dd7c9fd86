import Plotting
import Tensors

extension ResultView {
  /// The first metric of every fold, with the mean and the spread.
  static let foldScores = ResultView(
    name: "fold-scores", help: "The score of every fold of the cross-validation.", isDefault: true,
    needs: [.folds]
  ) { result in
    guard !result.folds.isEmpty else { return nil }
    let name = result.experiment.metrics.first?.name ?? "loss"
    let values = result.folds.map { $0.metrics.first ?? $0.loss }
    let numbers = values.indices.map { Double($0 + 1) }
    let mean = Statistics.mean(values)
    let spread = Statistics.standardDeviation(values)
    let ends = [0.5, Double(values.count) + 0.5]
    let plot = Plot(
      x: .linear("held-out fold", limits: 0.5...(Double(values.count) + 0.5)), y: .linear(name, limits: nil)
    ) {
      BandMark(
        x: ends, lower: [mean - spread, mean - spread], upper: [mean + spread, mean + spread],
        color: .series(0))
      RuleMark(y: mean, label: "mean")
      PointMark(x: numbers, y: values, size: 7, color: .series(0))
    }
    return .figure(
      .plot(plot),
      caption:
        "\(capitalized(name)) of each held-out fold; the dashed line is the mean, the band one standard "
        + "deviation.")
  }
}
