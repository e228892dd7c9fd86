import Autodiff
import Components
import Tensors

/// The same layers several times one behind the other, with parameters of their own each time.
public struct Repetition: Layer {
  /// How often.
  public var times: Int
  /// The layers.
  public var layers: [any Layer]

  /// Layers several times.
  public init(times: Int, _ layers: [any Layer]) {
    self.times = times
    self.layers = layers
  }

  private static let timesParameter = Layers.size("times", help: "How often.")
  private static let layersParameter = Layers.parameter("layers", help: "The layers.")
  static let component = Component<any Layer>(
    "repeat", help: "The same layers several times.", swift: "Repetition(times, _ layers)",
    parameters: [timesParameter, layersParameter]
  ) { Repetition(times: $0[timesParameter], try Layers.decode($0[layersParameter])) }

  public var name: String { "repeat" }
  public var arguments: [RecipeArgument] { [.init("times", times), .init("layers", layers: layers)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require("times", times)
    var value = x
    for _ in 0..<times { value = try trace.add(layers, value) }
    return value
  }
}

/// Hidden dense layers of equal size, each with dropout behind it.
public struct MultilayerPerceptron: Layer, Hashable {
  /// The number of hidden layers.
  public var layers: Int
  /// The units of each.
  public var units: Int
  /// The function of each.
  public var activation: Activation
  /// The probability that a value behind a layer is dropped.
  public var dropout: Double

  /// Hidden layers.
  public init(layers: Int, units: Int, activation: Activation = .relu, dropout: Double = 0) {
    self.layers = layers
    self.units = units
    self.activation = activation
    self.dropout = dropout
  }

  private static let layersParameter = Parameter<Int>(
    "layers", "at least 0", help: "The number of hidden layers."
  ) { $0 >= 0 }
  private static let unitsParameter = Layers.size("units", help: "The units of each layer.")
  private static let activationParameter = Parameter<Activation>(
    "activation", default: .relu, help: "The function of each layer.")
  private static let dropoutParameter = Parameter<Double>(
    "dropout", default: 0, "at least 0 and below 1", help: "The probability that a value is dropped."
  ) { (0..<1).contains($0) }
  static let component = Component<any Layer>(
    "mlp", help: "Hidden dense layers of equal size.",
    swift: "MultilayerPerceptron(layers, units, activation, dropout)",
    parameters: [layersParameter, unitsParameter, activationParameter, dropoutParameter]
  ) {
    MultilayerPerceptron(
      layers: $0[layersParameter], units: $0[unitsParameter], activation: $0[activationParameter],
      dropout: $0[dropoutParameter])
  }

  public var name: String { "mlp" }
  public var arguments: [RecipeArgument] {
    [
      .init("layers", layers), .init("units", units), .init("activation", activation),
      .init("dropout", dropout),
    ]
  }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require("layers", layers, atLeast: 0)
    try trace.require("units", units)
    try trace.require(share: dropout, "dropout")
    var value = x
    for _ in 0..<layers {
      value = try trace.add(Dense(units, activation: activation), value)
      if dropout > 0 { value = try trace.add(Dropout(dropout), value) }
    }
    return value
  }
}
