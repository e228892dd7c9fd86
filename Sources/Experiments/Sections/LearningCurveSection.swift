import Components
import Validation

/// The key `learning-curve`: sizes to train on, or a map.
enum LearningCurveSection {
  static let sizes = Parameter<[Double]>(
    "sizes", default: [], "numbers of examples, or fractions above 0",
    help: "How many examples, or which fractions of them; six steps to all of them unless given."
  ) { $0.allSatisfy { $0 > 0 && ($0 <= 1 || $0 == $0.rounded()) } }
  static let repeats = Parameter<Int>(
    "repeats", default: 5, "at least 1", help: "How often each size is drawn, where there are no folds."
  ) { $0 >= 1 }
  static let metric = Parameter<String?>(
    "metric", default: nil, help: "What the goal is about; the first metric unless given.")
  static let goal = Parameter<Double?>(
    "goal", default: .some(nil), "finite", help: "A value of the metric that more data should reach."
  ) { $0?.isFinite ?? true }

  static let component = Component<LearningCurvePlan>(
    "learning-curve", help: "Scores by the number of examples, and how many more would reach a goal.",
    swift: "LearningCurvePlan(sizes, repeats, metric, goal)", parameters: [sizes, repeats, metric, goal]
  ) {
    LearningCurvePlan(sizes: $0[sizes], repeats: $0[repeats], metric: $0[metric], goal: $0[goal])
  }

  /// The key as a map: a list are the sizes.
  static func map(_ node: RecipeNode) -> RecipeNode {
    guard case .list = node.kind else { return node }
    return RecipeNode(
      .map([.init(key: sizes.name, keyPosition: node.position, value: node)]), at: node.position)
  }
}
