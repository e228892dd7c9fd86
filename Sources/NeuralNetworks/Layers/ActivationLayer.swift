import Autodiff
import Components
import Tensors

/// A function of its own: `activation(relu)`.
public struct ActivationLayer: Layer, Hashable {
  /// The function.
  public var activation: Activation

  /// A function.
  public init(_ activation: Activation) { self.activation = activation }

  private static let functionParameter = Parameter<Activation>("function", help: "The function.")
  static let component = Component<any Layer>(
    "activation", help: "A function of every value.", swift: "ActivationLayer(_ function)",
    parameters: [functionParameter]
  ) { ActivationLayer($0[functionParameter]) }

  public var name: String { "activation" }
  public var arguments: [RecipeArgument] { [.init("function", activation)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    guard x.shape.rank > 0 else { throw trace.mismatch(x, needs: "a vector") }
    return try trace.apply(activation, to: x)
  }
}
