import Autodiff
import Components
import Tensors

/// While training, sets each value to zero with a probability and scales the others by 1 / (1 − rate), so
/// that prediction needs nothing (inverted dropout of Srivastava et al., 2014).
public struct Dropout: Layer, Hashable {
  /// The probability of a zero.
  public var rate: Double

  /// A dropout layer.
  public init(_ rate: Double) { self.rate = rate }

  private static let rateParameter = Parameter<Double>(
    "rate", "at least 0 and below 1", help: "The probability that a value is dropped."
  ) { (0..<1).contains($0) }
  static let component = Component<any Layer>(
    "dropout", help: "Drops values at random while training.", swift: "Dropout(_ rate)",
    parameters: [rateParameter]
  ) { Dropout($0[rateParameter]) }

  public var name: String { "dropout" }
  public var arguments: [RecipeArgument] { [.init("rate", rate)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require(share: rate, "rate")
    return trace.isTraining && rate > 0 ? x * trace.dropoutMask(like: x, rate: rate) : x
  }
}
