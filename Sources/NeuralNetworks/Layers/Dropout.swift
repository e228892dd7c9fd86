import Autodiff
import Components
import Tensors

/// While training, sets each value to zero with a probability and scales the others by 1 / (1 − rate), so
/// that prediction needs nothing (Srivastava et al.
///
/// 2014, inverted).
public struct Dropout: Layer {
  /// The probability of a zero.
  public var rate: Double

  /// A dropout layer.
  public init(_ rate: Double) { self.rate = rate }

  private static let rateParameter = Parameter<Double>(
    "rate", "at least 0 and below 1", help: "The probability that a value is dropped."
  ) { (0..<1).contains($0) }
  static let component = Component<any Layer>(
    "dropout", help: "Drops values at random while training.", parameters: [rateParameter]
  ) { Dropout($0[rateParameter]) }

  public var name: String { "dropout" }

  public func outputShape(for input: Shape, number: Int) throws(NetworkError) -> Shape { input }

  public func parameters(for input: Shape) -> [ParameterBlock] { [] }

  public func trace(_ x: Variable, parameters: [Variable], isTraining: Bool) -> Variable {
    isTraining && rate > 0 ? x * x.graph.dropoutMask(like: x, rate: rate) : x
  }
}
