import Components
import Validation

/// The key `evaluate`: a list of metrics, or a map that also asks for intervals.
enum EvaluateSection {
  static let metrics = Parameter<RecipeNode?>(
    "metrics", default: nil, help: "The metrics of every part; those of the task unless given.")
  static let confidence = Parameter<Double?>(
    "confidence", default: .some(nil), "between 0 and 1",
    help: "The share of a bootstrap that the intervals of held-out scores hold."
  ) { $0.map { $0 > 0 && $0 < 1 } ?? true }
  static let resamples = Parameter<Int>(
    "resamples", default: 1000, "at least 10", help: "How often the bootstrap draws examples."
  ) { $0 >= 10 }

  static let component = Component<Arguments>(
    "evaluate", help: "The metrics of every part, and intervals of their values.",
    swift: "BootstrapInterval(resamples, level confidence)", parameters: [metrics, confidence, resamples]
  ) { $0 }

  /// The list of metrics; nil if none is given.
  static func list(_ node: RecipeNode?) -> RecipeNode? {
    guard let node, case .map = node.kind else { return node }
    return node[metrics.name]
  }

  /// The intervals that are asked for; throws the first problem.
  static func interval(_ node: RecipeNode?) throws -> BootstrapInterval? {
    guard let node, case .map = node.kind else { return nil }
    let arguments = try component.decode(map: node)
    guard let level = arguments[confidence] else {
      guard let given = arguments.given[resamples.name] else { return nil }
      throw Problem(
        RecipeError.missingKey(in: "evaluate", name: confidence.name), at: given.position)
    }
    return BootstrapInterval(resamples: arguments[resamples], level: level)
  }
}
