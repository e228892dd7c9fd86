import Components
import Search
import Validation

/// A search with its objective understood.
struct ResolvedSearch: Sendable {
  /// Where the objective is measured.
  enum Place: Sendable {
    case crossValidation, validation
  }

  let plan: SearchPlan
  let place: Place
  /// The metric; nil for the loss.
  let metric: (any Metric)?
  let direction: Direction

  /// A search of an experiment with these metrics; throws if it has no such objective.
  init(_ plan: SearchPlan, metrics: [any Metric], hasFolds: Bool) throws(RecipeError) {
    let objective = plan.objective ?? metrics.first?.name ?? "loss"
    let parts = objective.split(separator: ".").map(String.init)
    if parts.first == "test" { throw .testInObjective(path: objective) }
    var place: Place = hasFolds ? .crossValidation : .validation
    var name = objective
    if parts.count == 3, parts[0] == "cv", parts[2] == "mean", hasFolds {
      (place, name) = (.crossValidation, parts[1])
    } else if parts.count == 2, parts[0] == "validation" {
      (place, name) = (.validation, parts[1])
    }
    let metric = metrics.first { $0.name == name }
    guard metric != nil || name == "loss" else {
      throw .unknownPath(path: objective, known: metrics.map(\.name) + ["loss"])
    }
    self.plan = plan
    self.place = place
    self.metric = metric
    direction = plan.direction ?? metric?.direction ?? .minimize
  }

  /// The path of the objective, as in `cv.accuracy.mean`.
  var path: String {
    let name = metric?.name ?? "loss"
    return place == .crossValidation ? "cv.\(name).mean" : "validation.\(name)"
  }
}
