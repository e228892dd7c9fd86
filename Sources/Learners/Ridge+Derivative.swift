import Datasets

extension Ridge: SmoothLearner {
  public var smoothSettings: [String] { ["alpha"] }

  public func value(of setting: String) -> Double? { setting == "alpha" ? alpha : nil }

  public func with(_ setting: String, _ value: Double) -> any SmoothLearner {
    Ridge(alpha: setting == "alpha" ? value : alpha, intercept: intercept)
  }

  public func derivative(
    of fitted: any FittedLearner, by setting: String, on data: Dataset
  ) -> (any Model)? {
    guard setting == "alpha", let model = fitted as? LinearModel else { return nil }
    return LeastSquares(data, alpha: alpha, hasIntercept: intercept).derivative(of: model)
  }
}
