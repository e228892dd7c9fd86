import Autodiff
import Components
import Tensors

/// Every step of a sequence, steps × features, looks at all steps: `softmax(Q Kᵀ / √d) V` in several heads side by side,
/// and a dense layer over their results (Vaswani and others, 2017).
public struct MultiHeadAttention: Layer, Hashable {
  /// The number of heads.
  public var heads: Int
  /// The length d of the queries and keys of a head.
  public var keyUnits: Int
  /// Whether a step sees no later ones.
  public var isCausal: Bool

  /// An attention of a sequence to itself.
  public init(heads: Int, keyUnits: Int, isCausal: Bool = false) {
    self.heads = heads
    self.keyUnits = keyUnits
    self.isCausal = isCausal
  }

  private static let headsParameter = Layers.size("heads", help: "The number of heads.")
  private static let keyParameter = Layers.size("key-units", help: "The length of a head's queries and keys.")
  private static let causalParameter = Parameter<Bool>(
    "causal", default: false, help: "Whether a step sees no later ones.")
  static let component = Component<any Layer>(
    "attention", help: "Every step of a sequence looks at all steps.",
    swift: "MultiHeadAttention(heads, keyUnits key-units, isCausal causal)",
    parameters: [headsParameter, keyParameter, causalParameter]
  ) {
    MultiHeadAttention(
      heads: $0[headsParameter], keyUnits: $0[keyParameter], isCausal: $0[causalParameter])
  }

  public var name: String { "attention" }
  public var arguments: [RecipeArgument] {
    [.init("heads", heads), .init("key-units", keyUnits), .init("causal", isCausal)]
  }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require("heads", heads)
    try trace.require("key-units", keyUnits)
    guard x.shape.rank == 2 else { throw trace.mismatch(x, needs: "sequences of steps × features") }
    let (steps, features) = (x.shape.dimensions[0], x.shape.dimensions[1])
    let width = heads * keyUnits
    func projected(_ name: String, _ value: Variable, _ outputs: Int) -> Variable {
      let inputs = value.shape.dimensions[1]
      let weights = trace.weights(
        [outputs, inputs], name: "\(name)-weight", fans: .init(input: inputs, output: outputs))
      return weights.matrixProduct(value, startingAt: trace.bias([outputs], name: "\(name)-bias"))
    }
    /// Steps × (heads × units) as heads × steps × units.
    func split(_ value: Variable) -> Variable {
      value.reshaped(to: [steps, heads, keyUnits]).transposed([1, 0, 2])
    }
    let query = split(projected("query", x, width) * (1 / Double(keyUnits).squareRoot()))
    let key = split(projected("key", x, width))
    let value = split(projected("value", x, width))
    var scores = query.multiplied(by: key, transposingOther: true)
    if isCausal {
      let mask = (0..<steps * steps).map { $0 % steps > $0 / steps ? -1e9 : 0.0 }
      scores = scores + trace.constant(Tensor(mask, shape: [1, steps, steps]))
    }
    let seen = scores.softmax().multiplied(by: value)
    return projected("output", seen.transposed([1, 0, 2]).reshaped(to: [steps, width]), features)
  }
}
