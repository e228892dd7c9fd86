import Plotting
import Tensors
import Validation

extension Plot {
  /// The score of every held-out fold, with the mean and a band of one standard deviation; both count folds by their
  /// weights, if there are any.
  public static func foldScores(_ scores: [Double], name: String, weights: [Double] = []) -> Plot {
    let numbers = scores.indices.map { Double($0 + 1) }
    let finite = scores.indices.filter { scores[$0].isFinite }
    let summary = FoldSummary(
      finite.map { scores[$0] }, weights: finite.map { $0 < weights.count ? weights[$0] : 1 },
      testedShare: 0)
    let (mean, spread) = (summary.mean, finite.count > 1 ? summary.deviation : 0)
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
    let weights = (try? result.experiment.validation())?.folds.map(\.weight) ?? []
    return .figure(
      .plot(.foldScores(result.folds.map { $0.metrics.first ?? $0.loss }, name: name, weights: weights)),
      caption:
        "\(capitalized(name)) of each held-out fold; the dashed line is the mean, the band one standard "
        + "deviation.")
  }
}
