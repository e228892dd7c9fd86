import Components
import Validation

/// The key `diagnose`: the steps of the practical methodology; `true` for all defaults.
enum DiagnoseSection {
  static let repeats = Parameter<Int>(
    "repeats", default: 5, "at least 2", help: "How often data are divided, where there are no folds."
  ) { $0 >= 2 }
  static let metric = Parameter<String?>(
    "metric", default: nil, help: "What is looked at; the first metric unless given.")
  static let goal = Parameter<Double?>(
    "goal", default: .some(nil), "finite", help: "What would be good enough."
  ) { $0?.isFinite ?? true }
  static let changes = Parameter<Bool>(
    "try-changes", default: true, help: "Whether changes of the strategy are tried.")

  static let component = Component<DiagnosisPlan>(
    "diagnose", help: "What limits the strategy, and what to try next, measured.",
    swift: "DiagnosisPlan(repeats, metric, goal, triesChanges try-changes)",
    parameters: [repeats, metric, goal, changes]
  ) {
    DiagnosisPlan(repeats: $0[repeats], metric: $0[metric], goal: $0[goal], triesChanges: $0[changes])
  }

  /// The key as a map; nil for `false`.
  static func map(_ node: RecipeNode) -> RecipeNode? {
    switch Bool(recipe: node) {
    case true: RecipeNode(.map([]), at: node.position)
    case false: nil
    case nil: node
    }
  }
}
