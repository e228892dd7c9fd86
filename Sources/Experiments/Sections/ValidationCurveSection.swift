import Components
import Validation

/// Which setting takes which values, one after the other, while everything else stays.
public struct ValidationCurvePlan: Sendable {
  /// A value of the setting.
  public struct Value: Sendable {
    /// The value as a recipe would hold it.
    public var text: String
    /// The strategy with this value.
    let blueprint: StrategyBlueprint
  }

  /// The setting, as in `train.weight-decay`.
  public let parameter: String
  /// Its values.
  public let values: [Value]
  /// How often data are divided, where no cross-validation says it.
  public let repeats: Int

  init(parameter: String, values: [Value], repeats: Int) {
    self.parameter = parameter
    self.values = values
    self.repeats = repeats
  }

  /// A curve over the values of a setting by the strategies that have them.
  public init(_ parameter: String, strategies: KeyValuePairs<String, Strategy>, repeats: Int = 5) {
    self.parameter = parameter
    self.repeats = repeats
    values = strategies.map { text, strategy in
      Value(text: text, blueprint: StrategyBlueprint { _ in strategy })
    }
  }

  /// A curve over numbers that a setting takes, each with the strategy that has it.
  public init(
    _ parameter: String, values: [Double], repeats: Int = 5,
    strategy: @escaping @Sendable (Double) throws -> Strategy
  ) {
    self.parameter = parameter
    self.repeats = repeats
    self.values = values.map { value in
      Value(text: value.recipeText, blueprint: StrategyBlueprint { _ in try strategy(value) })
    }
  }
}

/// The key `validation-curve`: a setting and its values, as in `{model.0.units: [1, 2, 4, 8]}`.
enum ValidationCurveSection {
  static let repeats = Parameter<Int>(
    "repeats", default: 5, "at least 1", help: "How often data are divided, where there are no folds."
  ) { $0 >= 1 }

  /// For lists and the guide: the setting itself is the key that no parameter is.
  static let description = ComponentDescription(
    name: "validation-curve", help: "Scores by the value of any setting, {path: [values]}.",
    parameters: [repeats])

  /// What a curve varies: the path with its place, the values, and how often.
  struct Request {
    var path: RecipeNode.Entry
    var values: [RecipeNode]
    var repeats: Int
  }

  /// Reads the key; throws the first problem.
  static func request(_ node: RecipeNode) throws -> Request {
    guard case .map(let entries) = node.kind else { throw wrongType("validation-curve", node) }
    let paths = entries.filter { $0.key != repeats.name }
    guard let path = paths.first, paths.count == 1, case .list(let values) = path.value.kind, !values.isEmpty
    else { throw wrongType("validation-curve", paths.count == 1 ? paths[0].value : node) }
    let section = RecipePath(path.key).components.first ?? ""
    guard ["prepare", "model", "train"].contains(section) else {
      throw Problem(
        RecipeError.unknownKey(
          in: "validation-curve", name: path.key, known: ["prepare", "model", "train", repeats.name]),
        at: path.keyPosition)
    }
    let times = try node[repeats.name].map { try repeats.value(of: $0) } ?? 5
    return Request(path: path, values: values, repeats: times)
  }

  private static func wrongType(_ name: String, _ node: RecipeNode) -> Problem {
    Problem(
      RecipeError.wrongType(
        name: name, expected: "a path with a list of values, as in {model.0.units: [2, 4, 8]}",
        found: node.shortDescription, known: [], given: nil), at: node.position)
  }
}
