import Plotting
import Tensors

extension Plot {
  /// The score of every held-out fold, with the mean and a band of one standard deviation.
  public static func foldScores(_ scores: [Double], name: String) -> Plot {
    let numbers = scores.indices.map { Double($0 + 1) }
    let finite = scores.filter(\.isFinite)
    let mean = finite.isEmpty ? .nan : Statistics.mean(finite)
    let spread = finite.count > 1 ? Statistics.standardDeviation(finite) : 0
    let ends = [0.5, Double(max(scores.count, 1)) + 0.5]
    return Plot(x: .linear("held-out fold", limits: ends[0]...ends[1]), y: .linear(name)) {
      BandMark(
        x: ends, lower: [mean - spread, mean - spread], upper: [mean + spread, mean + spread],
        color: .series(0))
      RuleMark(y: mean, label: "mean")
      PointMark(x: numbers, y: scores, size: 7, color: .series(0))
    }
  }
}

extension ResultView {
  /// The first metric of every fold, with the mean and the spread.
  static let foldScores = ResultView(
    name: "fold-scores", help: "The score of every fold of the cross-validation.", isDefault: true,
    needs: [.folds],
    example: { .plot(.foldScores([0.94, 0.96, 0.92, 0.97, 0.95], name: "accuracy")) }
  ) { result in
    guard !result.folds.isEmpty else { return nil }
    let name = result.experiment.metrics.first?.name ?? "loss"
    return .figure(
      .plot(.foldScores(result.folds.map { $0.metrics.first ?? $0.loss }, name: name)),
      caption:
        "\(capitalized(name)) of each held-out fold; the dashed line is the mean, the band one standard "
        + "deviation.")
  }
}
