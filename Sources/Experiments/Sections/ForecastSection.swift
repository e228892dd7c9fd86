import Components

/// How far a series is continued behind what was learned, and how.
public struct ForecastPlan: Sendable, Hashable {
  /// How several steps come about.
  public enum Mode: String, NamedChoice {
    /// The model gives all steps at once.
    case direct
    /// The model gives one step after the other, each from what it gave before.
    case iterated
  }

  /// How many values are forecast.
  public var steps: Int
  /// How they come about.
  public var mode: Mode

  /// A forecast.
  public init(steps: Int, mode: Mode = .iterated) {
    self.steps = steps
    self.mode = mode
  }
}

/// The key `forecast`: how far a series is continued.
enum ForecastSection {
  static let steps = Parameter<Int>("steps", "at least 1", help: "How many values are forecast.") { $0 >= 1 }
  static let mode = Parameter<ForecastPlan.Mode>(
    "mode", default: .iterated, help: "All steps at once, or one after the other from what was forecast.")

  static let component = Component<ForecastPlan>(
    "forecast", help: "How far a series is continued.", swift: "ForecastPlan(steps, mode)",
    parameters: [steps, mode]
  ) { ForecastPlan(steps: $0[steps], mode: $0[mode]) }
}
