import Components
import Datasets
import NeuralNetworks
import Tensors

/// Scores a strategy on examples that it has not seen: everything, preparations included, is learned from the training
/// side of each fold, and its held-out side is scored.
public struct CrossValidation: Sendable {
  /// The data.
  public let data: Dataset
  /// The folds.
  public let folds: [Fold]
  private let key: FitKey

  /// Divides the given examples into folds; the test part stays out.
  ///
  /// A key of a fold makes folds within that one. Throws what keeps the examples from being divided so.
  public init(
    _ data: Dataset, of examples: [Int], splitter: any Splitter, key: FitKey
  ) throws(SplitterError) {
    guard data.series == nil || splitter.keepsOrder else {
      throw .shufflesSeries(splitter: splitter.name)
    }
    let seed = key.seed(for: .folds)
    var stream =
      key.fold == 0 ? RandomStream(seed: seed, .folds) : RandomStream(seed: seed, .folds, key.fold)
    let folds = try splitter.folds(of: examples, in: data, using: &stream)
    for (number, fold) in folds.enumerated() where fold.held.isEmpty || fold.trainingCount == 0 {
      throw .emptyFold(name: fold.name ?? "\(number + 1)", isTest: fold.held.isEmpty)
    }
    self.data = data
    self.folds = folds
    self.key = key
  }

  /// The key of the fit for a fold: different for every fold, and for every fold within a fold.
  public func key(ofFold fold: Int) -> FitKey { key.onFold(key.fold << 20 + fold + 1) }

  /// Fits on the training side of a fold and scores its held-out side.
  ///
  /// A metric that needs more examples than are held out is NaN.
  public func scores(_ strategy: Strategy, fold: Int, metrics: [any Metric]) throws(NetworkError) -> Scores {
    scores(try fitted(strategy, fold: fold), fold: fold, metrics: metrics)
  }

  /// The same as far as some epoch, with the fitted strategy and how to go on.
  public func partialScores(
    _ strategy: Strategy, fold: Int, metrics: [any Metric], part: PartialTraining?
  ) throws(NetworkError) -> (scores: Scores, fitted: FittedStrategy, checkpoint: Checkpoint?) {
    let (fitted, checkpoint) = try strategy.fit(
      data, on: folds[fold].training, key: key(ofFold: fold), part: part)
    return (scores(fitted, fold: fold, metrics: metrics), fitted, checkpoint)
  }

  /// The scores and predictions of a fold.
  public func outcome(
    _ strategy: Strategy, fold: Int, metrics: [any Metric]
  ) throws(NetworkError) -> FoldOutcome {
    let fitted = try fitted(strategy, fold: fold)
    let held = folds[fold].held
    return FoldOutcome(
      scores: scores(fitted, fold: fold, metrics: metrics), examples: held,
      outputs: fitted.predict(data.subset(held)))
  }

  /// The scores and predictions of every fold, in order.
  public func outcomes(
    _ strategy: Strategy, metrics: [any Metric], in pool: any WorkerPool
  ) throws -> [FoldOutcome] {
    try pool.map(folds.count) { try outcome(strategy, fold: $0, metrics: metrics) }
  }

  private func fitted(_ strategy: Strategy, fold: Int) throws(NetworkError) -> FittedStrategy {
    try strategy.fit(data, on: folds[fold].training, key: key(ofFold: fold))
  }

  private func scores(_ fitted: FittedStrategy, fold: Int, metrics: [any Metric]) -> Scores {
    let held = folds[fold].held
    var scores = fitted.scores(data, on: held, metrics: metrics)
    for (index, metric) in metrics.enumerated() where held.count < metric.leastExamples {
      scores.metrics[index] = .nan
    }
    return scores
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

  /// An outcome.
  package init(scores: Scores, examples: [Int], outputs: Tensor<Double>) {
    self.scores = scores
    self.examples = examples
    self.outputs = outputs
  }
}

extension CrossValidation {
  /// A metric of all held-out predictions together, where no example is held out twice; what single examples cannot
  /// tell, such as a share of variance, their predictions together can.
  public static func pooled(_ metric: any Metric, _ outcomes: [FoldOutcome], in data: Dataset) -> Double {
    let examples = outcomes.flatMap(\.examples)
    let rows = outcomes.flatMap { outcome in
      (0..<outcome.outputs.rows).map { Array(outcome.outputs.row($0)) }
    }
    // In the order of the data, so that the sums do not depend on that of the folds.
    let order = examples.indices.sorted { (examples[$0], $0) < (examples[$1], $1) }
    guard examples.count >= metric.leastExamples, let width = rows.first?.count else { return .nan }
    return metric.value(
      Tensor(order.flatMap { rows[$0] }, shape: [rows.count, width]), data.subset(order.map { examples[$0] }))
  }
}
