import Components
import Datasets
import NeuralNetworks
import Tensors

/// Scores a strategy on examples that it has not seen: each fold is held out once, and everything, preparations
/// included, is learned from the others.
public struct CrossValidation: Sendable {
  /// The data.
  public let data: Dataset
  /// The held-out examples of each fold.
  public let folds: [[Int]]
  private let indices: [Int]
  private let seed: UInt64

  /// Divides the given examples into folds; the test part stays out.
  public init(_ data: Dataset, of indices: [Int], splitter: any Splitter, seed: UInt64) {
    self.data = data
    self.indices = indices
    self.seed = seed
    var stream = RandomStream(seed: seed, .folds)
    folds = splitter.folds(of: indices, classes: data.classes, using: &stream)
  }

  /// Fits on all folds but one and scores on that one.
  public func scores(_ strategy: Strategy, fold: Int, metrics: [any Metric]) throws(NetworkError) -> Scores {
    let held = Set(folds[fold])
    let fitted = try strategy.fit(
      data, on: indices.filter { !held.contains($0) }, key: FitKey(seed: seed, fold: fold + 1))
    return fitted.scores(data, on: folds[fold], metrics: metrics)
  }

  /// The scores of every fold, in order.
  public func scores(
    _ strategy: Strategy, metrics: [any Metric], in pool: any WorkerPool
  ) throws -> [Scores] {
    try pool.map(folds.count) { fold in try scores(strategy, fold: fold, metrics: metrics) }
  }
}
