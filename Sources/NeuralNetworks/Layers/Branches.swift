import Autodiff
import Components
import Tensors

/// What layers make of a value, added to the value (He and others, 2016).
public struct Residual: Layer {
  /// The layers.
  public var layers: [any Layer]

  /// Layers with a way around them.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// Layers with a way around them, one a line.
  public init(@LayerBuilder _ layers: () -> [any Layer]) { self.layers = layers() }

  private static let layersParameter = Layers.parameter(
    "layers", help: "The layers that there is a way around.")
  static let component = Component<any Layer>(
    "residual", help: "Adds what layers make of a value to the value.", swift: "Residual(_ layers)",
    parameters: [layersParameter]
  ) { Residual(try Layers.decode($0[layersParameter])) }

  public var name: String { "residual" }
  public var arguments: [RecipeArgument] { [.init("layers", layers: layers)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    let changed = try trace.add(layers, x)
    guard changed.shape == x.shape else {
      throw trace.mismatch(x, needs: "layers that keep the shape; its layers give \(changed.shape)")
    }
    return x + changed
  }
}

/// What several branches of layers make of a value, side by side along the last axis.
public struct Concatenation: Layer {
  /// The layers of each branch; a branch without layers gives the value itself.
  public var branches: [[any Layer]]

  /// Branches side by side.
  public init(_ branches: [[any Layer]]) { self.branches = branches }

  private static let branchesParameter = Layers.parameter("branches", help: "A list of lists of layers.")
  static let component = Component<any Layer>(
    "concat", help: "Puts what branches of layers make of a value side by side.",
    swift: "Concatenation(_ branches)",
    parameters: [branchesParameter]
  ) {
    let node = $0[branchesParameter]
    guard case .list(let branches) = node.kind, !branches.isEmpty else {
      throw Problem(
        RecipeError.outOfRange(
          name: "branches", requirement: "a list of lists of layers", found: node.recipeText),
        at: node.position)
    }
    return Concatenation(try branches.map(Layers.decode))
  }

  public var name: String { "concat" }
  public var arguments: [RecipeArgument] { [.init("branches", branches: branches)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require("branches", branches.count)
    var results: [Variable] = []
    for branch in branches {
      let result = try trace.add(branch, x)
      if let first = results.first, first.shape.dimensions.dropLast() != result.shape.dimensions.dropLast() {
        throw trace.mismatch(
          x,
          needs: "branches that differ in the last axis alone; they give \(first.shape) and \(result.shape)")
      }
      results.append(result)
    }
    return Variable.concatenated(results)
  }
}
