import Components

/// Gives up a trial whose value leaves an interval, or is not a number.
public struct ThresholdPruner: Pruner {
  /// The least value, as the objective is reported.
  public var lower: Double?
  /// The greatest value.
  public var upper: Double?
  /// How many steps are not judged.
  public var warmupSteps: Int

  /// A pruner with bounds.
  public init(lower: Double? = nil, upper: Double? = nil, warmupSteps: Int = 0) {
    self.lower = lower
    self.upper = upper
    self.warmupSteps = warmupSteps
  }

  private static let lowerParameter = Parameter<Double?>("lower", default: nil, help: "The least value.")
  private static let upperParameter = Parameter<Double?>("upper", default: nil, help: "The greatest value.")
  static let component = Component<any Pruner>(
    "threshold", help: "Gives up trials whose value leaves an interval.",
    swift: "ThresholdPruner(lower, upper, warmup-steps)",
    parameters: [lowerParameter, upperParameter, PercentilePruner.warmupParameter]
  ) {
    ThresholdPruner(
      lower: $0[lowerParameter], upper: $0[upperParameter],
      warmupSteps: $0[PercentilePruner.warmupParameter])
  }

  public func prunes(_ trial: RunningTrial, given known: KnownTrials) -> Bool {
    guard let last = trial.reports.last, trial.reports.count > warmupSteps else { return false }
    // Values are turned around so that small is good; bounds are meant as the objective is written.
    let value = trial.direction == .maximize ? -last.value : last.value
    if value.isNaN { return true }
    return value < lower ?? -.infinity || value > upper ?? .infinity
  }
}
