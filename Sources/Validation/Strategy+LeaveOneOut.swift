import Datasets
import Learners
import NeuralNetworks
import Tensors

/// What leaving each example out would give for a linear smoother, in the units of the targets.
public struct LeaveOneOutScores: Sendable, Hashable {
  /// The mean squared residual of examples that were left out.
  public var meanSquaredError: Double
  /// The generalized cross-validation.
  public var generalizedError: Double
  /// The parameters that the fit effectively has.
  public var effectiveParameters: Double
}

extension Strategy {
  /// Whether the leverages of examples tell what leaving them out would give: a linear smoother of one target whose errors
  /// are not correlated.
  public func hasLeaveOneOutScores(for data: Dataset) -> Bool {
    estimator.learner is any LinearSmoother && data.classes == nil && data.outputCount == 1
      && data.covariance == nil
  }

  /// What leaving out each of the given examples would give, without fitting again.
  ///
  /// Preparations are those of all of them. Nil for what is no linear smoother.
  public func leaveOneOutScores(
    _ data: Dataset, on indices: [Int], key: FitKey
  ) throws(NetworkError) -> LeaveOneOutScores? {
    guard hasLeaveOneOutScores(for: data), let smoother = estimator.learner as? any LinearSmoother else {
      return nil
    }
    var whole = self
    whole.validation = nil
    let fitted = try whole.fit(data, on: indices, key: key)
    let part = data.subset(fitted.training)
    let prepared = fitted.preparations.apply(to: part)
    guard let shortcut = LeaveOneOutShortcut(smoother, prepared) else { return nil }
    let targets = part.targetValues.elements
    // Predictions return to the units of the data, the residuals with them.
    func residuals(_ own: [Double]) -> [Double] {
      let predictions = zip(prepared.targetValues.elements, own).map { $0 - $1 }
      let restored = fitted.preparations.restore(Tensor(predictions, shape: [predictions.count, 1])).elements
      return zip(targets, restored).map { $0 - $1 }
    }
    let held = residuals(shortcut.residuals)
    let own = zip(targets, fitted.predict(part).elements).map { $0 - $1 }
    let rest = 1 - shortcut.effectiveParameters / Double(targets.count)
    return LeaveOneOutScores(
      meanSquaredError: Statistics.mean(held.map { $0 * $0 }),
      generalizedError: Statistics.mean(own.map { $0 * $0 }) / (rest * rest),
      effectiveParameters: shortcut.effectiveParameters)
  }
}
