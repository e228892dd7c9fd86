import Components
import NeuralNetworks

/// A network over trees, as a recipe tells it.
struct RecursiveModel: Sendable {
  /// The length of the vector of a token and of a node.
  var embedding: Int
  /// What makes the vectors of two children and a token into one.
  var merge: [any Layer]
  /// What the root's vector becomes.
  var head: [any Layer]

  /// The layers, for so many tokens.
  func network(vocabulary: Int) -> Sequential {
    Sequential([Recursive(vocabulary: vocabulary, units: embedding, merge: merge)] + head)
  }
}

/// The key `recursive` of `model`.
enum RecursiveSection {
  private static let embedding = Parameter<Int>(
    "embedding", default: 16, "at least 1", help: "The length of the vector of a token and of a node."
  ) { $0 >= 1 }
  private static let merge = Parameter<RecipeNode>(
    "merge", help: "The layer or layers that make the vectors of two children and a token into one.")
  private static let head = Parameter<RecipeNode>(
    "head", help: "The layer or layers behind the root's vector.")

  static let component = Component<RecursiveModel>(
    "recursive", help: "Goes through trees from the leaves to the root.",
    swift: "Recursive(units embedding, merge)",
    parameters: [embedding, merge, head]
  ) {
    RecursiveModel(
      embedding: $0[embedding], merge: try layers($0[merge]), head: try layers($0[head]))
  }

  private static func layers(_ node: RecipeNode) throws -> [any Layer] {
    guard case .list(let items) = node.kind else { return [try Layers.catalog.decode(node)] }
    return try items.map { try Layers.catalog.decode($0) }
  }
}
