import Components
import Validation

/// The key `validate`: how the strategy is cross-validated.
enum ValidateSection {
  static let name = "validate"

  /// The splitter that the key names; throws the first problem.
  static func splitter(_ node: RecipeNode) throws -> any Splitter {
    try Splitters.splitter(node, in: name)
  }

  /// The problem at the parameter that it lies in, as far as the key has it.
  static func problem(_ error: SplitterError, in recipe: RecipeNode) -> Problem {
    guard let node = recipe[name] else { return Problem(error, at: recipe.position) }
    let levels = [node] + ["outer", "inner"].compactMap { node["nested"]?[$0] }
    let places = error.parameters.flatMap { parameter in levels.compactMap { $0[parameter] } }
    return Problem(error, at: places.first?.position ?? node.position)
  }

  /// The settings of the key, given and default: those of the splitter that it names.
  static func settings(_ node: RecipeNode) -> [ExperimentSetting] {
    guard let component = Splitters.component(of: node), case .map = node.kind,
      !component.parameters.isEmpty
    else { return [.init(path: name, value: node.recipeText, isGiven: true)] }
    return component.parameters.compactMap { parameter in
      let path = "\(name).\(parameter.name)"
      if let given = node[parameter.name] {
        return .init(path: path, value: given.recipeText, isGiven: true)
      }
      guard let value = parameter.defaultText, value != "none" else { return nil }
      return .init(path: path, value: value, isGiven: false)
    }
  }
}
