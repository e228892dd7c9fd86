import Autodiff
import Components
import Tensors

/// Long short-term memory (Hochreiter and Schmidhuber 1997): a cell that gates keep, fill and show.
///
/// With σ the sigmoid: `i, f, o = σ(…)`, `c ← f c + i tanh(…)`, `h = o tanh(c)`, each `…` of the form W x + U h + b. The
/// gates lie in the order i, f, c, o, and the bias of f begins with one (Jozefowicz and others, 2015), as in Keras.
public struct LongShortTermMemory: RecurrentLayer, Hashable {
  public var units: Int
  public var returnsSequences: Bool

  /// A long short-term memory.
  public init(_ units: Int, returnsSequences: Bool = false) {
    self.units = units
    self.returnsSequences = returnsSequences
  }

  static let component = Component<any Layer>(
    "lstm", help: "Goes through a sequence with a long short-term memory.",
    swift: "LongShortTermMemory(_ units, returnsSequences return-sequences)",
    parameters: [Recurrent.unitsParameter, Recurrent.sequencesParameter]
  ) {
    LongShortTermMemory($0[Recurrent.unitsParameter], returnsSequences: $0[Recurrent.sequencesParameter])
  }

  public var name: String { "lstm" }
  public var arguments: [RecipeArgument] {
    [.init("units", units), .init("return-sequences", returnsSequences)]
  }

  public func states(_ x: Variable, in trace: NetworkTrace, prefix: String) -> [Variable] {
    let (weights, recurrent) = Recurrent.weights(x, units: units, gates: 4, trace, prefix)
    let start = (0..<4 * units).map { $0 / units == 1 ? 1.0 : 0 }
    let projected = weights.matrixProduct(x, startingAt: trace.bias(values: start, name: prefix + "bias"))
    var states: [Variable] = []
    var cell: Variable?
    for step in 0..<x.shape.dimensions[0] {
      let begin = projected.element(step)
      let sums = states.last.map { recurrent.matrixProduct($0, startingAt: begin) } ?? begin
      let gates = sums.slice(axis: 0, 0..<2 * units).map(.sigmoid)
      let candidate = sums.slice(axis: 0, 2 * units..<3 * units).map(.tanh)
      let shown = sums.slice(axis: 0, 3 * units..<4 * units).map(.sigmoid)
      let filled = gates.slice(axis: 0, 0..<units) * candidate
      let next = cell.map { gates.slice(axis: 0, units..<2 * units) * $0 + filled } ?? filled
      cell = next
      states.append(shown * next.map(.tanh))
    }
    return states
  }
}
