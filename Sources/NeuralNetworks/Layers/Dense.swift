import Autodiff
import Components
import Tensors

/// A layer in which every unit sees every input: `a = g(W x + b)`, with `W` of shape units × inputs, its first index
/// that of the unit.
public struct Dense: Layer {
  /// The number of units.
  public var units: Int
  /// The function g.
  public var activation: Activation
  /// Whether there is a bias b.
  public var hasBias: Bool

  /// A dense layer.
  public init(_ units: Int, activation: Activation = .linear, hasBias: Bool = true) {
    self.units = units
    self.activation = activation
    self.hasBias = hasBias
  }

  private static let unitsParameter = Parameter<Int>("units", "at least 1", help: "The number of units.") {
    $0 >= 1
  }
  private static let activationParameter = Parameter<Activation>(
    "activation", default: .linear, help: "The function applied to each unit's sum.")
  private static let biasParameter = Parameter<Bool>("bias", default: true, help: "Whether there is a bias.")
  static let component = Component<any Layer>(
    "dense", help: "Every unit sees every input.",
    parameters: [unitsParameter, activationParameter, biasParameter]
  ) {
    Dense($0[unitsParameter], activation: $0[activationParameter], hasBias: $0[biasParameter])
  }

  public var name: String { "dense" }

  public func outputShape(for input: Shape, number: Int) throws(NetworkError) -> Shape {
    guard input.rank == 1 else { throw .inputNotVector(layer: name, number: number, shape: input) }
    return [units]
  }

  public func parameters(for input: Shape) -> [ParameterBlock] {
    let weights = ParameterBlock(
      shape: [units, input.count], fans: .init(input: input.count, output: units))
    return hasBias ? [weights, ParameterBlock(shape: [units])] : [weights]
  }

  public func trace(_ x: Variable, parameters: [Variable], isTraining: Bool) -> Variable {
    activation(parameters[0].matrixProduct(x, startingAt: hasBias ? parameters[1] : nil))
  }
}
