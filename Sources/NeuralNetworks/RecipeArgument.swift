import Components

/// A setting of a layer or a loss, as a recipe would write it.
public struct RecipeArgument: Sendable {
  /// The name of the parameter.
  public let name: String
  /// Its value.
  public let value: RecipeNode

  /// A single value.
  public init(_ name: String, _ value: some RecipeValue) {
    self.name = name
    self.value = RecipeNode(.scalar(value.recipeText, isQuoted: false), at: .nowhere)
  }

  /// A list of values.
  public init(_ name: String, list: [some RecipeValue]) {
    self.name = name
    value = RecipeNode(
      .list(list.map { RecipeNode(.scalar($0.recipeText, isQuoted: false), at: .nowhere) }), at: .nowhere)
  }

  /// A list of layers.
  public init(_ name: String, layers: [any Layer]) {
    self.name = name
    value = RecipeNode(.list(layers.map(\.recipe)), at: .nowhere)
  }

  /// A list of lists of layers.
  public init(_ name: String, branches: [[any Layer]]) {
    self.name = name
    value = RecipeNode(
      .list(branches.map { RecipeNode(.list($0.map(\.recipe)), at: .nowhere) }), at: .nowhere)
  }

  /// A component with its settings.
  static func component(_ name: String, _ arguments: [RecipeArgument]) -> RecipeNode {
    let settings = arguments.map {
      RecipeNode.Entry(key: $0.name, keyPosition: .nowhere, value: $0.value)
    }
    return RecipeNode(
      .map([
        RecipeNode.Entry(key: name, keyPosition: .nowhere, value: RecipeNode(.map(settings), at: .nowhere))
      ]), at: .nowhere)
  }
}

extension SourcePosition {
  /// The place of what was not read from a file.
  static let nowhere = SourcePosition(file: "", line: 0)
}
