/// How wide the kernels of a Parzen estimator are, and how observations are divided and weighed: what the programs that made
/// the method known do differently.
public enum ParzenRule: String, Sendable, CaseIterable {
  /// Optuna 5: neighbors without the prior's mean.
  case optuna5 = "optuna-5"
  /// Optuna 2 to 4: the prior's mean is a neighbor; all hyperparameters together have one width.
  case optuna4 = "optuna-4"
  /// Hyperopt (Bergstra and others 2011).
  case hyperopt

  /// How many of so many trials count as good.
  package func goodCount(of count: Int) -> Int {
    switch self {
    case .optuna5, .optuna4: return min((count + 9) / 10, 25)
    case .hyperopt:
      let root = 0.25 * Double(count).squareRoot()
      return min(Int(root.rounded(.up)), 25)
    }
  }

  /// How many trials are drawn at random first.
  var startupTrials: Int { self == .hyperopt ? 20 : 10 }

  /// Whether all hyperparameters of an observation share a kernel.
  var isMultivariate: Bool { self == .optuna5 }

  /// Whether trials that run count as not good.
  var countsRunning: Bool { self == .optuna5 }

  /// Whether the prior's mean stands among the observations when widths are taken from neighbors.
  func hasPriorAmongNeighbors(axes: Int) -> Bool { self == .hyperopt || self == .optuna4 && axes == 1 }

  /// Whether the width of a kernel depends on the number of observations, not only on its neighbors.
  func dependsOnCount(_ count: Int, axes: Int) -> Bool {
    count <= 99 || self == .optuna4 && axes > 1
  }

  /// The width of the kernel of an observation.
  ///
  /// `left` and `right` are its neighbors, nil at the ends; `count` is the number of observations, `axes` that of the
  /// hyperparameters that share kernels.
  @inline(__always)
  func width(
    of value: Double, left: Double?, right: Double?, low: Double, high: Double, count: Int, axes: Int
  ) -> Double {
    let range = high - low
    if self == .optuna4, axes > 1 {
      // exp(−log n / (D + 4)) is n to the power of −1/(D + 4).
      return 0.2 * Double.exp(-Double.log(Double(max(count, 1))) / Double(axes + 4)) * range
    }
    if self == .hyperopt, count == 1 { return range / 2 }
    let spacing: Double
    switch (left, right) {
    case (let left?, let right?): spacing = max(value - left, right - value)
    case (let left?, nil): spacing = value - left
    case (nil, let right?): spacing = right - value
    case (nil, nil): spacing = max(value - low, high - value)
    }
    return min(max(spacing, range / min(100, Double(count + 2))), range)
  }

  /// The weights of observations by their age, the oldest first: one for up to 24; beyond, the oldest weigh less, rising in
  /// equal steps to one for the last 25.
  package static func ageWeights(_ count: Int) -> [Double] { (0..<count).map { ageWeight($0, of: count) } }

  /// The weight of one of so many observations by its age.
  static func ageWeight(_ index: Int, of count: Int) -> Double {
    guard count >= 25 else { return 1 }
    let ramp = count - 25
    guard index < ramp else { return 1 }
    let first = 1 / Double(count)
    return ramp == 1 ? first : first + (1 - first) * Double(index) / Double(ramp - 1)
  }
}
