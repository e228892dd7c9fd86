import Autodiff
import Components
import Tensors

/// A layer in which every unit sees every input: `a = g(W x + b)`, with `W` of shape units × inputs, its first index
/// that of the unit.
///
/// A value with several axes is seen along its last one, at each position alike.
public struct Dense: Layer, Hashable {
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

  private static let unitsParameter = Layers.size("units", help: "The number of units.")
  private static let activationParameter = Parameter<Activation>(
    "activation", default: .linear, help: "The function applied to each unit's sum.")
  private static let biasParameter = Parameter<Bool>("bias", default: true, help: "Whether there is a bias.")
  static let component = Component<any Layer>(
    "dense", help: "Every unit sees every input.", swift: "Dense(_ units, activation, hasBias bias)",
    parameters: [unitsParameter, activationParameter, biasParameter]
  ) {
    Dense($0[unitsParameter], activation: $0[activationParameter], hasBias: $0[biasParameter])
  }

  public var name: String { "dense" }
  public var arguments: [RecipeArgument] {
    [.init("units", units), .init("activation", activation), .init("bias", hasBias)]
  }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require("units", units)
    guard let inputs = x.shape.dimensions.last else { throw trace.mismatch(x, needs: "a vector") }
    let weights = trace.weights([units, inputs], fans: .init(input: inputs, output: units))
    let bias = hasBias ? trace.bias([units]) : nil
    return try trace.apply(activation, to: weights.matrixProduct(x, startingAt: bias))
  }
}
