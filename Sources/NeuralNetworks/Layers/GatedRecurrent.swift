import Autodiff
import Components
import Tensors

/// A gated recurrent layer (Cho and others, 2014), the reset gate behind the product as in cuDNN, Keras and PyTorch.
///
/// With σ the sigmoid: `z, r = σ(W x + b + U h + c)`, `n = tanh(W x + b + r (U h + c))`, `h ← z h + (1 − z) n`. The gates
/// lie in the order z, r, n.
public struct GatedRecurrent: RecurrentLayer, Hashable {
  public var units: Int
  public var returnsSequences: Bool

  /// A gated recurrent layer.
  public init(_ units: Int, returnsSequences: Bool = false) {
    self.units = units
    self.returnsSequences = returnsSequences
  }

  static let component = Component<any Layer>(
    "gru", help: "Goes through a sequence with a gated state.",
    swift: "GatedRecurrent(_ units, returnsSequences return-sequences)",
    parameters: [Recurrent.unitsParameter, Recurrent.sequencesParameter]
  ) { GatedRecurrent($0[Recurrent.unitsParameter], returnsSequences: $0[Recurrent.sequencesParameter]) }

  public var name: String { "gru" }
  public var arguments: [RecipeArgument] {
    [.init("units", units), .init("return-sequences", returnsSequences)]
  }

  public func states(_ x: Variable, in trace: NetworkTrace, prefix: String) -> [Variable] {
    let (weights, recurrent) = Recurrent.weights(x, units: units, gates: 3, trace, prefix)
    let projected = weights.matrixProduct(x, startingAt: trace.bias([3 * units], name: prefix + "bias"))
    let recurrentBias = trace.bias([3 * units], name: prefix + "recurrent-bias")
    let one = trace.constant(1)
    var states: [Variable] = []
    for step in 0..<x.shape.dimensions[0] {
      let input = projected.element(step)
      let past =
        states.last.map { recurrent.matrixProduct($0, startingAt: recurrentBias) }
        ?? recurrentBias.spread(like: input)
      let gates = (input.slice(axis: 0, 0..<2 * units) + past.slice(axis: 0, 0..<2 * units)).map(.sigmoid)
      let update = gates.slice(axis: 0, 0..<units)
      let reset = gates.slice(axis: 0, units..<2 * units)
      let candidate =
        (input.slice(axis: 0, 2 * units..<3 * units) + reset * past.slice(axis: 0, 2 * units..<3 * units))
        .map(.tanh)
      let fresh = (one - update) * candidate
      states.append(states.last.map { update * $0 + fresh } ?? fresh)
    }
    return states
  }
}
