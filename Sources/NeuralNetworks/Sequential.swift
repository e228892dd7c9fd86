import Autodiff
import Components
import Tensors

/// A network of layers one behind the other: `Sequential { Dense(20, activation: .tanh); Dense(1) }`.
public struct Sequential: Layer {
  /// The layers in order.
  public var layers: [any Layer]

  /// A network of layers.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// A network of layers, one a line.
  public init(@LayerBuilder _ layers: () -> [any Layer]) { self.layers = layers() }

  private static let layersParameter = Layers.parameter("layers", help: "The layers.")
  static let component = Component<any Layer>(
    "sequential", help: "Layers one behind the other.", swift: "Sequential(_ layers)",
    parameters: [layersParameter]
  ) { Sequential(try Layers.decode($0[layersParameter])) }

  public var name: String { "sequential" }
  public var arguments: [RecipeArgument] { [RecipeArgument("layers", layers: layers)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.add(layers, x)
  }

  /// Writes the network down behind an input of a shape.
  public func traced(for input: Shape, isTraining: Bool = false) throws(NetworkError) -> (
    trace: NetworkTrace, input: Variable, output: Variable
  ) {
    guard !layers.isEmpty else { throw .noLayers }
    let trace = NetworkTrace(isTraining: isTraining)
    let x = trace.input("x", input)
    return (trace, x, try trace.add(layers, x))
  }

  /// The numbers that the network gives for a sample of a shape.
  public func outputCount(for input: Shape) throws(NetworkError) -> Int {
    try traced(for: input).output.shape.count
  }

  /// The number of trained parameters for samples of a shape.
  public func parameterCount(for input: Shape) throws(NetworkError) -> Int {
    try traced(for: input).trace.blocks.reduce(0) { $0 + ($1.isTrained ? $1.shape.count : 0) }
  }

  /// The layers with the shapes behind them and their parameters, for samples of a shape.
  public func summary(for input: Shape) throws(NetworkError) -> NetworkSummary {
    NetworkSummary(input: input, entries: try traced(for: input).trace.entries)
  }
}

/// Collects the layers of a network.
@resultBuilder
public enum LayerBuilder {
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  public static func buildBlock(_ layers: [any Layer]...) -> [any Layer] { layers.flatMap { $0 } }
  public static func buildOptional(_ layers: [any Layer]?) -> [any Layer] { layers ?? [] }
  public static func buildEither(first layers: [any Layer]) -> [any Layer] { layers }
  public static func buildEither(second layers: [any Layer]) -> [any Layer] { layers }
  public static func buildArray(_ layers: [[any Layer]]) -> [any Layer] { layers.flatMap { $0 } }
}
