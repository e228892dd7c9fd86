import Datasets
import Tensors

/// A learner whose predictions for its own examples are linear in their targets, `ŷ = H y`: leaving an example out needs
/// no other fit.
public protocol LinearSmoother: Learner {
  /// The diagonal of H, an entry an example; nil where errors of the targets are correlated, as leaving an example out is
  /// more than that then.
  func leverages(_ data: Dataset) -> [Double]?
}

/// What a linear smoother says about each of its examples when it is fitted to the others, and what follows from it,
/// without fitting again.
public struct LeaveOneOutShortcut: Sendable, Hashable {
  /// `e / (1 − H)` with the residual `e = y − ŷ` and the leverage of each example (Allen 1974).
  public let residuals: [Double]
  /// The mean of their squares.
  public let meanSquaredError: Double
  /// The generalized cross-validation `(Σ e² / n) / (1 − tr H / n)²` (Golub, Heath and Wahba 1979).
  public let generalizedError: Double
  /// The trace of H: the parameters that the fit effectively has.
  public let effectiveParameters: Double

  /// The residuals of examples with one target; nil if the smoother has no such diagonal for them.
  public init?(_ smoother: any LinearSmoother, _ data: Dataset) {
    guard data.classes == nil, data.targetValues.columns == 1, let leverages = smoother.leverages(data) else {
      return nil
    }
    let predictions = smoother.fit(data).predict(data.inputs).elements
    let own = zip(data.targetValues.elements, predictions).map { $0 - $1 }
    residuals = zip(own, leverages).map { $0 / (1 - $1) }
    meanSquaredError = Statistics.mean(residuals.map { $0 * $0 })
    effectiveParameters = Statistics.sum(leverages)
    let rest = 1 - effectiveParameters / Double(data.count)
    generalizedError = Statistics.mean(own.map { $0 * $0 }) / (rest * rest)
  }
}
