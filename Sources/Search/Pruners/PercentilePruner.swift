import Components
import Tensors

/// Gives up a trial whose best value so far is worse than a percentile of the others' values behind the same step (Golovin
/// and others 2017 for the median).
public struct PercentilePruner: Pruner {
  /// The share of trials that is kept, in percent.
  public var percentile: Double
  /// How many trials must have been evaluated to the end before one is given up.
  public var startupTrials: Int
  /// How many steps are not judged.
  public var warmupSteps: Int
  /// How many trials must have reached a step.
  public var leastTrials: Int

  /// A pruner that keeps the best percentage.
  public init(_ percentile: Double = 50, startupTrials: Int = 5, warmupSteps: Int = 0, leastTrials: Int = 1) {
    self.percentile = percentile
    self.startupTrials = startupTrials
    self.warmupSteps = warmupSteps
    self.leastTrials = leastTrials
  }

  private static let percentileParameter = Parameter<Double>(
    "percentile", default: 25, "between 0 and 100", help: "The share of trials that goes on, in percent."
  ) { $0 >= 0 && $0 <= 100 }
  static let startupParameter = Parameter<Int>(
    "startup-trials", default: 5, "at least 0", help: "Whole trials before the first is given up."
  ) { $0 >= 0 }
  static let warmupParameter = Parameter<Int>(
    "warmup-steps", default: 0, "at least 0", help: "Steps that are not judged."
  ) { $0 >= 0 }
  private static let leastParameter = Parameter<Int>(
    "least-trials", default: 1, "at least 1", help: "Trials that must have reached a step."
  ) { $0 >= 1 }
  static let component = Component<any Pruner>(
    "percentile", help: "Gives up trials that are worse than a share of the others behind the same step.",
    swift: "PercentilePruner(_ percentile, startup-trials, warmup-steps, least-trials)",
    parameters: [percentileParameter, startupParameter, warmupParameter, leastParameter]
  ) {
    PercentilePruner(
      $0[percentileParameter], startupTrials: $0[startupParameter], warmupSteps: $0[warmupParameter],
      leastTrials: $0[leastParameter])
  }
  static let medianComponent = Component<any Pruner>(
    "median", help: "Gives up trials that are worse than half of the others behind the same step.",
    swift: "MedianPruner(startup-trials, warmup-steps, least-trials)",
    parameters: [startupParameter, warmupParameter, leastParameter]
  ) {
    MedianPruner(
      startupTrials: $0[startupParameter], warmupSteps: $0[warmupParameter], leastTrials: $0[leastParameter])
  }

  public func prunes(_ trial: RunningTrial, given known: KnownTrials) -> Bool {
    guard let step = trial.reports.last?.step, trial.reports.count > warmupSteps else { return false }
    guard known.completed.count >= startupTrials else { return false }
    let others = known.rows.compactMap { known.report($0, step: step) }.filter { !$0.isNaN }
    guard others.count >= leastTrials, !others.isEmpty else { return false }
    let best = trial.reports.map(\.value).filter { !$0.isNaN }.min() ?? .infinity
    return best > Statistics.quantile(others, percentile / 100)
  }
}

/// Gives up a trial whose best value so far is worse than the median of the others' values behind the same step.
public struct MedianPruner: Pruner {
  /// The rule.
  public var percentile: PercentilePruner

  /// A pruner that keeps the better half.
  public init(startupTrials: Int = 5, warmupSteps: Int = 0, leastTrials: Int = 1) {
    percentile = PercentilePruner(
      50, startupTrials: startupTrials, warmupSteps: warmupSteps, leastTrials: leastTrials)
  }

  public func prunes(_ trial: RunningTrial, given known: KnownTrials) -> Bool {
    percentile.prunes(trial, given: known)
  }
}
