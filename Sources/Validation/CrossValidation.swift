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
  private let key: FitKey

  /// Divides the given examples into folds; the test part stays out.
  public init(_ data: Dataset, of indices: [Int], splitter: any Splitter, key: FitKey) {
    self.data = data
    self.indices = indices
    self.key = key
    var stream = RandomStream(seed: key.seed(for: .folds), .folds)
    folds = splitter.folds(of: indices, classes: data.classes, using: &stream)
  }

  /// Fits on all folds but one and scores on that one.
  public func scores(_ strategy: Strategy, fold: Int, metrics: [any Metric]) throws(NetworkError) -> Scores {
    try fitted(strategy, fold: fold).scores(data, on: folds[fold], metrics: metrics)
  }

  /// The scores and predictions of every fold, in order.
  public func outcomes(
    _ strategy: Strategy, metrics: [any Metric], in pool: any WorkerPool
  ) throws -> [FoldOutcome] {
    try pool.map(folds.count) { fold in
      let fitted = try fitted(strategy, fold: fold)
      return FoldOutcome(
        scores: fitted.scores(data, on: folds[fold], metrics: metrics), examples: folds[fold],
        outputs: fitted.predict(data.subset(folds[fold])))
    }
  }

  private func fitted(_ strategy: Strategy, fold: Int) throws(NetworkError) -> FittedStrategy {
    let held = Set(folds[fold])
    return try strategy.fit(data, on: indices.filter { !held.contains($0) }, key: key.onFold(fold + 1))
  }
}

/// What a strategy did on a fold that it had not seen.
public struct FoldOutcome: Sendable {
  /// The loss and the metrics.
  public let scores: Scores
  /// The numbers of the held-out examples.
  public let examples: [Int]
  /// The predictions for them, examples × outputs.
  public let outputs: Tensor<Double>
}
