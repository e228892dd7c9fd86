import Components
import Search

/// What a search looks for and how.
public struct SearchPlan: Sendable {
  /// What is tried next.
  public var sampler: any Sampler
  /// The number of trials.
  public var trialCount: Int
  /// How many trials a proposal does not know yet; 0 makes the search sequential.
  public var lag: Int
  /// A metric or the path of a value, as in `cv.accuracy.mean`; nil for the first metric.
  public var objective: String?
  /// Whether the objective should be small or large; nil for what the metric says.
  public var direction: Direction?
  /// Where the recipe gives the objective.
  var objectivePosition = SourcePosition(file: "", line: 0)

  /// A search.
  public init(
    _ sampler: any Sampler = TPESampler(), trials: Int = 30, objective: String? = nil,
    direction: Direction? = nil, lag: Int = 8
  ) {
    self.sampler = sampler
    trialCount = trials
    self.objective = objective
    self.direction = direction
    self.lag = lag
  }
}

extension Direction: NamedChoice {}

/// The key `search`: how hyperparameters are tuned.
enum SearchSection {
  static let sampler = Parameter<RecipeNode?>("sampler", default: nil, help: "What is tried next.")
  static let trials = Parameter<Int>("trials", default: 30, "at least 1", help: "The number of trials.") {
    $0 >= 1
  }
  static let lag = Parameter<Int>(
    "lag", default: 8, "at least 0", help: "The trials that a proposal does not know yet."
  ) { $0 >= 0 }
  static let objective = Parameter<String?>(
    "objective", default: nil, help: "A metric or the path of a value.")
  static let direction = Parameter<Direction?>(
    "direction", default: nil, help: "Whether the objective should be small or large.")

  static let component = Component<SearchPlan>(
    "search", help: "How hyperparameters are tuned.",
    swift: "SearchPlan(_ sampler, trials, objective, direction, lag)",
    parameters: [sampler, trials, objective, direction, lag]
  ) { arguments in
    var plan = SearchPlan(
      try arguments[sampler].map { try Samplers.catalog.decode($0) } ?? TPESampler(),
      trials: arguments[trials], objective: arguments[objective], direction: arguments[direction],
      lag: arguments[lag])
    plan.objectivePosition = arguments.given["objective"]?.position ?? arguments.position
    return plan
  }
}
