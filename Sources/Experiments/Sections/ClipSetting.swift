import Components
import NeuralNetworks

/// How large gradients may be, as a recipe tells it: a number, or `{value: …}`, `{norm: …}`, `{global-norm: …}`.
struct ClipSetting: RecipeValue {
  var clip: GradientClip

  static var typeDescription: String { "a number, or one of value, norm and global-norm with a number" }

  init?(recipe node: RecipeNode) {
    if let norm = Double(recipe: node) {
      clip = .globalNorm(norm)
      return
    }
    guard case .map(let entries) = node.kind, entries.count == 1, let limit = Double(recipe: entries[0].value)
    else { return nil }
    switch entries[0].key {
    case "value": clip = .value(limit)
    case "norm": clip = .norm(limit)
    case "global-norm": clip = .globalNorm(limit)
    default: return nil
    }
  }

  static func swiftText(ofNumber number: String, integer: String) -> String? { ".globalNorm(\(number))" }

  var swiftText: String? {
    switch clip {
    case .value(let limit): ".value(\(limit.recipeText))"
    case .norm(let limit): ".norm(\(limit.recipeText))"
    case .globalNorm(let limit): ".globalNorm(\(limit.recipeText))"
    }
  }

  var recipeText: String {
    switch clip {
    case .value(let limit): "{value: \(limit.recipeText)}"
    case .norm(let limit): "{norm: \(limit.recipeText)}"
    case .globalNorm(let limit): limit.recipeText
    }
  }
}
