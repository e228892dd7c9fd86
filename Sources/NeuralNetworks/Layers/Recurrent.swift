import Autodiff
import Components
import Tensors

/// A layer that goes through a sequence, steps × features, step by step and remembers.
public protocol RecurrentLayer: Layer {
  /// The numbers that are given on.
  var units: Int { get }
  /// Whether the result has a value for every step, or that of the last step alone.
  var returnsSequences: Bool { get set }
  /// Throws if it cannot be traced whatever the sequence.
  func check(in trace: NetworkTrace) throws(NetworkError)
  /// The values for all steps, first to last.
  func states(_ x: Variable, in trace: NetworkTrace, prefix: String) -> [Variable]
}

extension RecurrentLayer {
  public func check(in trace: NetworkTrace) throws(NetworkError) { try trace.require("units", units) }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try check(in: trace)
    try Recurrent.check(x, trace)
    return Recurrent.result(states(x, in: trace, prefix: ""), returnsSequences)
  }
}

/// What recurrent layers have in common.
enum Recurrent {
  static let unitsParameter = Layers.size("units", help: "The numbers that are given on.")
  static let activationParameter = Parameter<Activation>(
    "activation", default: .tanh, help: "The function of the new state.")
  static let sequencesParameter = Parameter<Bool>(
    "return-sequences", default: false, help: "Whether every step has a result, or the last one alone.")

  static func check(_ x: Variable, _ trace: NetworkTrace) throws(NetworkError) {
    guard x.shape.rank == 2, x.shape.dimensions[0] > 0 else {
      throw trace.mismatch(
        x, needs: "sequences of steps × features",
        hint: x.shape.rank == 1 ? "reshape([\(x.shape.dimensions[0]), 1])" : nil)
    }
  }

  static func result(_ states: [Variable], _ returnsSequences: Bool) -> Variable {
    returnsSequences ? Variable.stacked(states) : states[states.count - 1]
  }

  /// The weights of `gates` functions of the input and of the last state: Keras initializes the latter orthogonally.
  static func weights(
    _ x: Variable, units: Int, gates: Int, _ trace: NetworkTrace, _ prefix: String
  ) -> (input: Variable, recurrent: Variable) {
    let features = x.shape.dimensions[1]
    let rows = gates * units
    return (
      trace.weights([rows, features], name: prefix + "weight", fans: .init(input: features, output: rows)),
      trace.weights(
        [rows, units], name: prefix + "recurrent-weight", fans: .init(input: units, output: rows),
        initializer: OrthogonalInitializer())
    )
  }
}

/// A recurrent layer whose state is `h ← g(W x + U h + b)`.
public struct SimpleRecurrent: RecurrentLayer, Hashable {
  public var units: Int
  /// The function g.
  public var activation: Activation
  public var returnsSequences: Bool

  /// A simple recurrent layer.
  public init(_ units: Int, activation: Activation = .tanh, returnsSequences: Bool = false) {
    self.units = units
    self.activation = activation
    self.returnsSequences = returnsSequences
  }

  static let component = Component<any Layer>(
    "simple-rnn", help: "Goes through a sequence with one state.",
    swift: "SimpleRecurrent(_ units, activation, returnsSequences return-sequences)",
    parameters: [Recurrent.unitsParameter, Recurrent.activationParameter, Recurrent.sequencesParameter]
  ) {
    SimpleRecurrent(
      $0[Recurrent.unitsParameter], activation: $0[Recurrent.activationParameter],
      returnsSequences: $0[Recurrent.sequencesParameter])
  }

  public var name: String { "simple-rnn" }
  public var arguments: [RecipeArgument] {
    [.init("units", units), .init("activation", activation), .init("return-sequences", returnsSequences)]
  }

  public func check(in trace: NetworkTrace) throws(NetworkError) {
    try trace.require("units", units)
    // Half of the values would be missing in the next step.
    guard activation != .glu else {
      throw trace.bad("activation", "a function that keeps the number of values", activation.rawValue)
    }
  }

  public func states(_ x: Variable, in trace: NetworkTrace, prefix: String) -> [Variable] {
    let (weights, recurrent) = Recurrent.weights(x, units: units, gates: 1, trace, prefix)
    let projected = weights.matrixProduct(x, startingAt: trace.bias([units], name: prefix + "bias"))
    var states: [Variable] = []
    for step in 0..<x.shape.dimensions[0] {
      let start = projected.element(step)
      let sum = states.last.map { recurrent.matrixProduct($0, startingAt: start) } ?? start
      states.append(activation(sum))
    }
    return states
  }
}
