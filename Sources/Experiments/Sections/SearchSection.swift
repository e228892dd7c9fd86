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
  /// What trials must keep, such as `closure.level2.ratio` of at most 1.1: those that miss it count as worse than all others.
  public var constraints: [Expectation]
  /// Where the recipe gives the objective.
  var objectivePosition = SourcePosition(file: "", line: 0)

  /// A search.
  public init(
    _ sampler: any Sampler = TPESampler(), trials: Int = 30, objective: String? = nil,
    direction: Direction? = nil, lag: Int = 8, constraints: [Expectation] = []
  ) {
    self.sampler = sampler
    trialCount = trials
    self.objective = objective
    self.direction = direction
    self.lag = lag
    self.constraints = constraints
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

  static let constraints = Parameter<RecipeNode?>(
    "constraints", default: nil,
    help: "What trials must keep: a map from paths to bounds, {path: \"<= 1.1\"}.")

  static let component = Component<SearchPlan>(
    "search", help: "How hyperparameters are tuned.",
    swift: "SearchPlan(_ sampler, trials, objective, direction, lag, constraints)",
    parameters: [sampler, trials, objective, direction, lag, constraints]
  ) { arguments in
    var plan = SearchPlan(
      try arguments[sampler].map { try Samplers.catalog.decode($0) } ?? TPESampler(),
      trials: arguments[trials], objective: arguments[objective], direction: arguments[direction],
      lag: arguments[lag], constraints: try arguments[constraints].map(bounds) ?? [])
    plan.objectivePosition = arguments.given["objective"]?.position ?? arguments.position
    return plan
  }

  /// The bounds that a map gives; throws the first problem.
  private static func bounds(_ node: RecipeNode) throws -> [Expectation] {
    guard case .map(let entries) = node.kind else {
      throw Problem(
        RecipeError.wrongType(
          name: constraints.name, expected: "a map from paths to bounds", found: node.shortDescription,
          known: [], given: nil), at: node.position)
    }
    return try entries.map { entry in
      let bound = try Expectation(path: entry.key, entry.value)
      guard bound.isOfNumber else {
        throw Problem(RecipeError.badExpectation(text: bound.text), at: entry.value.position)
      }
      return bound
    }
  }

  /// A setting that is a map of its own, as a Swift expression; nil for others.
  static func swiftText(_ label: String, _ node: RecipeNode) throws -> String? {
    switch label {
    case sampler.name: return try Samplers.catalog.swiftText(of: node) { _, _, _ in nil }
    case constraints.name:
      let texts = try bounds(node).map {
        "Expectation(\($0.path.debugDescription), \($0.text.debugDescription))"
      }
      return "[\(texts.joined(separator: ", "))]"
    default: return nil
    }
  }
}
