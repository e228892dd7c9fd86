import Components
import Datasets

/// Least squares by normal equations' exact solution: no step size, no epochs.
///
/// Where the data know the errors or the covariance of their targets, it makes χ² small.
public struct LinearRegression: LinearSmoother, Hashable {
  /// Whether the function may differ from zero where all features are zero.
  public var intercept: Bool

  /// Least squares.
  public init(intercept: Bool = true) { self.intercept = intercept }

  public var name: String { "linear-regression" }
  public var targets: LearnerTargets { .values }

  static let interceptParameter = Parameter<Bool>(
    "intercept", default: true, help: "Whether there is a constant term.")
  static let component = Component<any Learner>(
    "linear-regression", help: "Least squares, or the least χ² where errors are known.",
    swift: "LinearRegression(intercept)", parameters: [interceptParameter]
  ) { LinearRegression(intercept: $0[interceptParameter]) }

  public func fit(_ data: Dataset) -> any FittedLearner {
    LeastSquares(data, alpha: 0, hasIntercept: intercept).model(data.targetValues)
  }

  public func leverages(_ data: Dataset) -> [Double]? {
    LeastSquares(data, alpha: 0, hasIntercept: intercept).leverages
  }
}
