import Autodiff
import Tensors

/// A network of layers one behind the other: `Sequential { Dense(20, activation: .tanh); Dense(1) }`.
public struct Sequential: Sendable {
  /// The layers in order.
  public var layers: [any Layer]

  /// A network of layers.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// A network of layers, one a line.
  public init(@LayerBuilder _ layers: () -> [any Layer]) { self.layers = layers() }

  /// The shape of a sample before each layer and behind the last one.
  func shapes(for input: Shape) throws(NetworkError) -> [Shape] {
    guard !layers.isEmpty else { throw .noLayers }
    var shapes = [input]
    for (number, layer) in layers.enumerated() {
      shapes.append(try layer.outputShape(for: shapes[number], number: number))
    }
    return shapes
  }

  /// The numbers that the network gives for a sample of so many features.
  public func outputCount(inputs: Int) throws(NetworkError) -> Int {
    try shapes(for: [inputs]).last?.count ?? 0
  }

  /// The number of parameters for samples of so many features.
  public func parameterCount(inputs: Int) throws(NetworkError) -> Int {
    try blocks(for: [inputs]).reduce(0) { $0 + $1.reduce(0) { $0 + $1.shape.count } }
  }

  /// The parameter blocks of each layer.
  func blocks(for input: Shape) throws(NetworkError) -> [[ParameterBlock]] {
    let shapes = try shapes(for: input)
    return zip(layers, shapes).map { $0.parameters(for: $1) }
  }

  /// Writes the network down: its output for an input, and the parameters in the order of the layers.
  package func trace(_ x: Variable, isTraining: Bool) throws(NetworkError) -> (
    output: Variable, parameters: [Variable]
  ) {
    let blocks = try blocks(for: x.shape)
    var value = x
    var parameters: [Variable] = []
    for (layer, layerBlocks) in zip(layers, blocks) {
      let own = layerBlocks.map { x.graph.parameter($0.shape) }
      parameters += own
      value = layer.trace(value, parameters: own, isTraining: isTraining)
    }
    return (value, parameters)
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
