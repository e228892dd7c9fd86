import Autodiff
import Components
import Tensors

/// Shifts and scales the features of each sample (and position) to mean 0 and variance 1, then by a gain and an offset
/// that are trained (Ba, Kiros and Hinton 2016).
public struct LayerNormalization: Layer, Hashable {
  /// Keeps the denominator away from zero.
  public var epsilon: Double

  /// A layer normalization.
  public init(epsilon: Double = 1e-3) { self.epsilon = epsilon }

  static let component = Component<any Layer>(
    "layer-norm", help: "Brings the features of each sample to mean 0 and variance 1.",
    swift: "LayerNormalization(epsilon)",
    parameters: [BatchNormalization.epsilonParameter]
  ) { LayerNormalization(epsilon: $0[BatchNormalization.epsilonParameter]) }

  public var name: String { "layer-norm" }
  public var arguments: [RecipeArgument] { [.init("epsilon", epsilon)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require(positive: epsilon, "epsilon")
    guard let features = x.shape.dimensions.last else { throw trace.mismatch(x, needs: "a vector") }
    let centered = x - x.mean(axes: [-1], keepsAxes: true)
    let variance = centered.map(.square).mean(axes: [-1], keepsAxes: true)
    let normal = centered / (variance + epsilon).map(.squareRoot)
    return normal * trace.bias([features], name: "gain", start: 1) + trace.bias([features])
  }
}
