import Components
import NeuralNetworks

/// How much the examples of each class count, as a recipe tells it: `none`, `balanced`, or `{class: weight, …}`.
struct ClassWeightSetting: RecipeValue {
  var weights: ClassWeights

  static var typeDescription: String { "none, balanced, or a map from classes to numbers" }

  init(weights: ClassWeights) { self.weights = weights }

  init?(recipe node: RecipeNode) {
    if case .map(let entries) = node.kind {
      var named: [String: Double] = [:]
      for entry in entries {
        guard let weight = Double(recipe: entry.value) else { return nil }
        named[entry.key] = weight
      }
      weights = .named(named)
      return
    }
    switch String(recipe: node) {
    case "none": weights = .none
    case "balanced": weights = .balanced
    default: return nil
    }
  }

  /// Whether no weight is negative or infinite.
  var isValid: Bool {
    guard case .named(let named) = weights else { return true }
    return named.values.allSatisfy { $0 >= 0 && $0.isFinite }
  }

  var swiftText: String? {
    switch weights {
    case .none: ".none"
    case .balanced: ".balanced"
    case .named(let named):
      ".named(["
        + named.sorted { $0.key < $1.key }.map { "\($0.key.debugDescription): \($0.value.swiftText ?? "1")" }
        .joined(separator: ", ") + "])"
    }
  }

  var recipeText: String {
    switch weights {
    case .none: "none"
    case .balanced: "balanced"
    case .named(let named):
      "{"
        + named.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.recipeText)" }.joined(separator: ", ")
        + "}"
    }
  }
}
