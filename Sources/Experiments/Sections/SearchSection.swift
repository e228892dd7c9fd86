import Components
import Search

/// What a search of a recipe looks for and how.
struct SearchPlan: Sendable {
  var sampler: any Sampler
  var trialCount: Int
  var lag: Int
  /// The objective as the recipe gives it, with its place; nil for the first metric.
  var objective: String?
  var objectivePosition: SourcePosition
  var direction: Direction?
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
    parameters: [sampler, trials, objective, direction, lag]
  ) { arguments in
    SearchPlan(
      sampler: try arguments[sampler].map { try Samplers.catalog.decode($0) } ?? TPESampler(),
      trialCount: arguments[trials], lag: arguments[lag], objective: arguments[objective],
      objectivePosition: arguments.given["objective"]?.position ?? arguments.position,
      direction: arguments[direction])
  }
}
