import Components

/// Gives up a trial that is significantly worse than the best one, part by part: Wilcoxon's signed-rank test on the
/// differences of the folds that both have been scored on.
public struct WilcoxonPruner: Pruner {
  /// The level of significance.
  public var significance: Double
  /// How many parts are not judged.
  public var startupSteps: Int

  /// A pruner that compares fold by fold.
  public init(significance: Double = 0.1, startupSteps: Int = 2) {
    self.significance = significance
    self.startupSteps = startupSteps
  }

  private static let significanceParameter = Parameter<Double>(
    "significance", default: 0.1, "above 0 and below 1", help: "The level of significance."
  ) { $0 > 0 && $0 < 1 }
  private static let startupParameter = Parameter<Int>(
    "startup-steps", default: 2, "at least 1", help: "Folds that are not judged."
  ) { $0 >= 1 }
  static let component = Component<any Pruner>(
    "wilcoxon", help: "Gives up trials that are significantly worse than the best, fold by fold.",
    swift: "WilcoxonPruner(significance, startup-steps)",
    parameters: [significanceParameter, startupParameter]
  ) {
    WilcoxonPruner(significance: $0[significanceParameter], startupSteps: $0[startupParameter])
  }

  public var comparesParts: Bool { true }

  public func prunes(_ trial: RunningTrial, given known: KnownTrials) -> Bool {
    guard trial.parts.count >= startupSteps, let best = known.best else { return false }
    let differences = zip(trial.parts, known.parts(best)).map { $0 - $1 }.filter { !$0.isNaN }
    guard differences.count >= startupSteps, differences.reduce(0, +) > 0 else { return false }
    return Self.probability(ofAtLeast: differences) < significance
  }

  /// The probability of ranks of positive differences that are as large or larger, if either sign were as likely: exact,
  /// given the ranks of their sizes; ties share theirs, zeros are halved between both signs.
  package static func probability(ofAtLeast differences: [Double]) -> Double {
    let order = differences.indices.sorted {
      (differences[$0].magnitude, $0) < (differences[$1].magnitude, $1)
    }
    // Twice the ranks, so that shared ones are whole numbers.
    var ranks = [Int](repeating: 0, count: differences.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count,
        differences[order[last + 1]].magnitude == differences[order[first]].magnitude
      {
        last += 1
      }
      for place in first...last { ranks[order[place]] = first + last + 2 }
      first = last + 1
    }
    let counted = differences.indices.filter { differences[$0] != 0 }
    let observed = counted.filter { differences[$0] > 0 }.reduce(0) { $0 + ranks[$1] }
    // How many of all choices of signs give each sum.
    let total = counted.reduce(0) { $0 + ranks[$1] }
    var shares = [Double](repeating: 0, count: total + 1)
    shares[0] = 1
    for index in counted {
      for sum in stride(from: total, through: 0, by: -1) {
        shares[sum] = 0.5 * (shares[sum] + (sum >= ranks[index] ? shares[sum - ranks[index]] : 0))
      }
    }
    return shares[observed...].reduce(0, +)
  }
}
