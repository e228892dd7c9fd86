import Tensors

/// What the scores of folds say together.
public struct FoldSummary: Sendable, Hashable {
  /// The mean `Σ wⱼ sⱼ / Σ wⱼ` with the weights of the folds.
  public let mean: Double
  /// The standard deviation of the scores with the weights of the folds, J − 1 in the denominator where all are equal:
  /// `s² = Σ wⱼ (sⱼ − s̄)² / (Σ wⱼ (J − 1) / J)`; NaN for one fold.
  public let deviation: Double
  /// The approximate standard error of the mean, `√((1/J + n_test / n_train) s²)`, where the second term stands for the
  /// examples that trainings share (Nadeau and Bengio 2003); nil for one fold.
  ///
  /// No estimate of this error is free of bias (Bengio and Grandvalet 2004).
  public let error: Double?

  /// The summary of a score for each fold; `testedShare` is how many examples are tested for each that is learned from.
  public init(_ scores: [Double], weights: [Double], testedShare: Double) {
    let count = Double(scores.count)
    let total = Statistics.sum(weights)
    let mean = Statistics.sum(zip(weights, scores).map { $0 * $1 }) / total
    let squares = zip(weights, scores).map { $0 * ($1 - mean) * ($1 - mean) }
    self.mean = mean
    guard scores.count > 1 else {
      deviation = .nan
      error = nil
      return
    }
    deviation = (Statistics.sum(squares) / (total * (count - 1) / count)).squareRoot()
    error = (1 / count + testedShare).squareRoot() * deviation
  }

  /// The summary of a score for each of some folds.
  public init(_ scores: [Double], of folds: [Fold]) {
    self.init(
      scores, weights: folds.map(\.weight), testedShare: Statistics.mean(folds.map(\.testedShare)))
  }
}
