import Components
import Search

/// The key `search`: how hyperparameters are tuned.
enum SearchSection {
  static let sampler = Parameter<RecipeNode?>("sampler", default: nil, help: "What is tried next; tpe.")
  static let trials = Parameter<Int?>(
    "trials", default: .some(nil), "at least 1",
    help: "The number of trials; 30, or as many as a grid has points."
  ) { $0.map { $0 >= 1 } ?? true }
  static let lag = Parameter<Int?>(
    "lag", default: .some(nil), "at least 0",
    help: "The trials that a proposal does not know yet; 8, or 0 for samplers that walk step by step."
  ) { $0.map { $0 >= 0 } ?? true }
  static let free = Parameter<Bool>(
    "free", default: false,
    help: "Whether proposals know all that has ended: busier workers, other trials from run to run.")
  static let objective = Parameter<[String]>(
    "objective", default: [], help: "A metric or the path of a value; several in a list.")
  static let direction = Parameter<[Direction]>(
    "direction", default: [], help: "Whether the objective should be small or large; one for each.")
  static let constraints = Parameter<RecipeNode?>(
    "constraints", default: nil,
    help: "What trials must keep: a map from paths to bounds, {path: \"<= 1.1\"}.")
  static let pruner = Parameter<RecipeNode?>(
    "pruner", default: nil, help: "Which trials are given up on the way; none.")
  static let steps = Parameter<PruningSteps?>(
    "steps", default: nil, help: "What trials are judged behind; as the pruner prefers.")
  static let evaluations = Parameter<Int?>(
    "evaluations", default: .some(nil), "at least 1",
    help: "The number of fits after which the search ends; one that is trained half counts half."
  ) { $0.map { $0 >= 1 } ?? true }
  static let timeout = Parameter<Double?>(
    "timeout", default: .some(nil), "above 0",
    help: "Seconds after which the search ends; then another run may give other trials."
  ) { $0.map { $0 > 0 } ?? true }
  static let patience = Parameter<Int?>(
    "patience", default: .some(nil), "at least 1", help: "Trials without a better one that end the search."
  ) { $0.map { $0 >= 1 } ?? true }
  static let enqueue = Parameter<RecipeNode?>(
    "enqueue", default: nil, help: "What is tried first: a list of maps from hyperparameters to values.")
  static let duplicates = Parameter<Study.DuplicatePolicy>(
    "duplicates", default: .reuse, help: "What becomes of values that have been tried before.")
  static let importance = Parameter<RecipeNode?>(
    "importance", default: nil, help: "How the importance of hyperparameters is told; fanova.")
  static let study = Parameter<String?>(
    "study", default: nil, help: "The name under which trials are kept: to continue, to share, to look at.")
  static let storage = Parameter<String?>(
    "storage", default: nil,
    help: "Where they are kept, such as sqlite:///studies.db; the project's .lectern/studies.db.")
  static let warmStart = Parameter<[String]>(
    "warm-start", default: [], help: "Kept studies whose trials the sampler knows from the start.")
  static let ensemble = Parameter<Int?>(
    "ensemble", default: .some(nil), "at least 2",
    help: "How many of the best trials are fitted besides, their predictions averaged."
  ) { $0.map { $0 >= 2 } ?? true }

  static let component = Component<SearchPlan>(
    "search", help: "How hyperparameters are tuned.",
    swift: """
      SearchPlan(_ sampler, trials, objective, direction, lag, free, constraints, pruner, steps, evaluations, timeout, \
      patience, enqueue, duplicates, importance, study, storage, warmStart, ensemble)
      """,
    parameters: [
      sampler, trials, objective, direction, lag, free, constraints, pruner, steps, evaluations, timeout,
      patience, enqueue, duplicates, importance, study, storage, warmStart, ensemble,
    ]
  ) { arguments in
    var plan = SearchPlan(
      try arguments[sampler].map { try Samplers.catalog.decode($0) } ?? TPESampler(),
      trials: arguments[trials], objective: arguments[objective], direction: arguments[direction],
      lag: arguments[lag], free: arguments[free],
      constraints: try arguments[constraints].map(bounds) ?? [],
      pruner: try arguments[pruner].flatMap(decodedPruner), steps: arguments[steps],
      evaluations: arguments[evaluations], timeout: arguments[timeout], patience: arguments[patience],
      enqueue: try arguments[enqueue].map(trials(of:)) ?? [], duplicates: arguments[duplicates])
    if let node = arguments[importance] { plan.importance = try ParameterImportances.catalog.decode(node) }
    (plan.study, plan.storage) = (arguments[study], arguments[storage])
    (plan.warmStart, plan.ensemble) = (arguments[warmStart], arguments[ensemble])
    plan.objectivePosition = arguments.given["objective"]?.position ?? arguments.position
    plan.position = arguments.position
    return plan
  }

  private static func decodedPruner(_ node: RecipeNode) throws -> (any Pruner)? {
    String(recipe: node) == "none" ? nil : try Pruners.catalog.decode(node)
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

  /// The assignments that a list of maps gives; throws the first problem.
  private static func trials(of node: RecipeNode) throws -> [[String: String]] {
    var items = [node]
    if case .list(let list) = node.kind { items = list }
    return try items.map { item in
      guard case .map(let entries) = item.kind else {
        throw Problem(
          RecipeError.wrongType(
            name: enqueue.name, expected: "a list of maps from hyperparameters to values",
            found: item.shortDescription, known: [], given: nil), at: item.position)
      }
      return Dictionary(entries.map { ($0.key, $0.value.recipeText) }) { first, _ in first }
    }
  }

  /// A setting that is a map of its own, as a Swift expression; nil for others.
  static func swiftText(_ label: String, _ node: RecipeNode) throws -> String? {
    switch label {
    case sampler.name: return try Samplers.catalog.swiftText(of: node) { _, _, _ in nil }
    case importance.name: return try ParameterImportances.catalog.swiftText(of: node) { _, _, _ in nil }
    case pruner.name:
      guard String(recipe: node) != "none" else { return "nil" }
      return try Pruners.catalog.swiftText(of: node) { label, inner, _ in
        label == pruner.name ? try swiftText(pruner.name, inner) : nil
      }
    case enqueue.name:
      let texts = try trials(of: node).map { trial in
        let entries = trial.keys.sorted().map {
          "\($0.debugDescription): \((trial[$0] ?? "").debugDescription)"
        }
        return "[\(entries.joined(separator: ", "))]"
      }
      return "[\(texts.joined(separator: ", "))]"
    case constraints.name:
      let texts = try bounds(node).map {
        "Expectation(\($0.path.debugDescription), \($0.text.debugDescription))"
      }
      return "[\(texts.joined(separator: ", "))]"
    default: return nil
    }
  }
}

extension Direction: NamedChoice {}
extension PruningSteps: NamedChoice {}
extension Study.DuplicatePolicy: NamedChoice {}
