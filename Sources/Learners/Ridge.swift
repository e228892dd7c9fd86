import Components
import Datasets

/// Least squares with a penalty `α |b|²` on the slopes, not on the constant term (Hoerl and Kennard 1970; scikit-learn's
/// `Ridge`).
public struct Ridge: LinearSmoother, Hashable {
  /// The factor of the penalty, beside the sum of squares over examples in units of their errors.
  public var alpha: Double
  /// Whether the function may differ from zero where all features are zero.
  public var intercept: Bool

  /// Penalized least squares.
  public init(alpha: Double = 1, intercept: Bool = true) {
    self.alpha = alpha
    self.intercept = intercept
  }

  public var name: String { "ridge" }
  public var targets: LearnerTargets { .values }

  private static let alphaParameter = Parameter<Double>(
    "alpha", default: 1, "at least 0 and finite", help: "How strongly slopes are drawn to zero."
  ) { $0 >= 0 && $0.isFinite }
  static let component = Component<any Learner>(
    "ridge", help: "Least squares with a penalty on the slopes.", swift: "Ridge(alpha, intercept)",
    parameters: [alphaParameter, LinearRegression.interceptParameter]
  ) { Ridge(alpha: $0[alphaParameter], intercept: $0[LinearRegression.interceptParameter]) }

  public func fit(_ data: Dataset) -> any FittedLearner {
    LeastSquares(data, alpha: alpha, hasIntercept: intercept).model(data.targetValues)
  }

  public func leverages(_ data: Dataset) -> [Double]? {
    LeastSquares(data, alpha: alpha, hasIntercept: intercept).leverages
  }
}
