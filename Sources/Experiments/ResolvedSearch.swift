import Components
import Datasets
import Search
import Validation

/// A search with its objective and its constraints understood.
struct ResolvedSearch: Sendable {
  /// A number that trials must keep within bounds.
  struct Constraint: Sendable {
    var measure: SearchMeasure
    var bound: Expectation
  }

  var plan: SearchPlan
  let objectives: [SearchMeasure]
  let constraints: [Constraint]
  let directions: [Direction]

  /// A search of an experiment with these metrics; throws if it has no such objective or constraint.
  init(
    _ plan: SearchPlan, metrics: [any Metric], hasFolds: Bool, closure: ClosurePlan? = nil,
    law: LawData? = nil
  ) throws(RecipeError) {
    var known = metrics.map(\.name) + ["loss", "parameters"]
    if let closure, let law {
      for level in closure.levels {
        let names = ClosureResult.names(level: level, plan: closure, law: law).map(\.name)
        known += names.map { "closure.level\(level).\($0)" }
      }
    }
    func measure(_ text: String) throws(RecipeError) -> SearchMeasure {
      try SearchMeasure(text, metrics: metrics, hasFolds: hasFolds, closure: closure, known: known)
    }
    self.plan = plan
    let paths = plan.objective.isEmpty ? [metrics.first?.name ?? "loss"] : plan.objective
    var objectives: [SearchMeasure] = []
    for path in paths { objectives.append(try measure(path)) }
    if case .parameters = objectives[0] { throw .objectiveNeedsScore(path: paths[0]) }
    self.objectives = objectives
    var constraints: [Constraint] = []
    for bound in plan.constraints {
      constraints.append(Constraint(measure: try measure(bound.path), bound: bound))
    }
    self.constraints = constraints
    guard plan.direction.isEmpty || plan.direction.count == objectives.count else {
      throw .directionsDiffer(directions: plan.direction.count, objectives: objectives.count)
    }
    var directions: [Direction] = []
    for (index, objective) in objectives.enumerated() {
      guard let direction = plan.direction.isEmpty ? objective.direction : plan.direction[index] else {
        throw .directionNeeded(path: objective.path)
      }
      directions.append(direction)
    }
    self.directions = directions
  }

  /// The objective and what constraints bound.
  var measures: [SearchMeasure] { objectives + constraints.map(\.measure) }

  /// Whether trials are scored on held-out folds.
  var usesFolds: Bool {
    measures.contains { if case .folds = $0 { true } else { false } }
  }

  /// Whether trials are scored on the validation part.
  var usesValidation: Bool {
    measures.contains { if case .validation = $0 { true } else { false } }
  }

  /// The levels of the closure test that trials run.
  var closureLevels: [Int] {
    Set(measures.compactMap { if case .closure(let level, _) = $0 { level } else { nil } }).sorted()
  }

  /// The first objective.
  var objective: SearchMeasure { objectives[0] }

  /// Whether the first objective should be small or large.
  var direction: Direction { directions[0] }

  /// The path of the first objective, as in `cv.accuracy.mean`.
  var path: String { objective.path }
}
