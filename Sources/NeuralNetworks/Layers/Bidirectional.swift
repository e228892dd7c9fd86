import Autodiff
import Components
import Tensors

/// Goes through a sequence in both directions, with weights of their own, and puts the results side by side.
public struct Bidirectional: Layer {
  /// The recurrent layer.
  public var layer: any RecurrentLayer

  /// A recurrent layer in both directions.
  public init(_ layer: any RecurrentLayer) { self.layer = layer }

  private static let layerParameter = Layers.parameter("layer", help: "A recurrent layer.")
  static let component = Component<any Layer>(
    "bidirectional", help: "Goes through a sequence in both directions.", swift: "Bidirectional(_ layer)",
    parameters: [layerParameter]
  ) {
    let node = $0[layerParameter]
    guard let layer = try Layers.decode(node).first as? any RecurrentLayer else {
      throw Problem(
        RecipeError.outOfRange(name: "layer", requirement: "a recurrent layer", found: node.recipeText),
        at: node.position)
    }
    return Bidirectional(layer)
  }

  public var name: String { "bidirectional" }
  public var arguments: [RecipeArgument] { [.init("layer", layers: [layer])] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try layer.check(in: trace)
    try Recurrent.check(x, trace)
    let forward = layer.states(x, in: trace, prefix: "forward.")
    let backward = layer.states(x.reversed(axis: 0), in: trace, prefix: "backward.")
    guard layer.returnsSequences else {
      return Variable.concatenated([forward[forward.count - 1], backward[backward.count - 1]])
    }
    return Variable.concatenated(
      [Variable.stacked(forward), Variable.stacked(backward.reversed())], axis: 1)
  }
}
