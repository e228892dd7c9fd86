import Components
import Datasets
import NeuralNetworks
import Tensors

/// The scores of strategies that differ in one setting.
public struct ValidationCurve: Sendable {
  /// The scores of the examples learned from: by value of the setting, then by repetition.
  public let training: [[Scores]]
  /// The scores of the examples held out: by value of the setting, then by repetition.
  public let held: [[Scores]]

  /// Fits every strategy on the training side of each split, all of them side by side.
  public init(
    _ strategies: [Strategy], on data: Dataset, splits: [CurveSplit], metrics: [any Metric], key: FitKey,
    in pool: any WorkerPool
  ) throws {
    let all = try pool.map(strategies.count * splits.count) { task in
      let number = task % splits.count
      let fitted = try strategies[task / splits.count].fit(
        data, on: splits[number].training.sorted(), key: key.onFold(number + 1))
      return (
        fitted.scores(data, on: fitted.training, metrics: metrics),
        fitted.scores(data, on: splits[number].held, metrics: metrics)
      )
    }
    func rows(_ part: ((Scores, Scores)) -> Scores) -> [[Scores]] {
      strategies.indices.map { all[$0 * splits.count..<($0 + 1) * splits.count].map(part) }
    }
    training = rows(\.0)
    held = rows(\.1)
  }

  /// A curve that was measured before.
  package init(training: [[Scores]], held: [[Scores]]) {
    self.training = training
    self.held = held
  }
}
