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

  let plan: SearchPlan
  let objective: SearchMeasure
  let constraints: [Constraint]
  let direction: Direction

  /// A search of an experiment with these metrics; throws if it has no such objective or constraint.
  init(
    _ plan: SearchPlan, metrics: [any Metric], hasFolds: Bool, closure: ClosurePlan? = nil,
    law: LawData? = nil
  ) throws(RecipeError) {
    var known = metrics.map(\.name) + ["loss"]
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
    objective = try measure(plan.objective ?? metrics.first?.name ?? "loss")
    var constraints: [Constraint] = []
    for bound in plan.constraints {
      constraints.append(Constraint(measure: try measure(bound.path), bound: bound))
    }
    self.constraints = constraints
    guard let direction = plan.direction ?? objective.direction else {
      throw .directionNeeded(path: objective.path)
    }
    self.direction = direction
  }

  /// The objective and what constraints bound.
  var measures: [SearchMeasure] { [objective] + constraints.map(\.measure) }

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

  /// The path of the objective, as in `cv.accuracy.mean`.
  var path: String { objective.path }
}
