import Components
import Tensors

/// How weights begin.
///
/// The variance follows from the connections of a unit.
public protocol Initializer: Sendable {
  /// Draws a weight.
  func weight(fans: ParameterBlock.Fans, using stream: inout RandomStream) -> Double
}

/// All initializers: what `initializer:` can name.
public enum Initializers {
  /// The initializers by name.
  public static let catalog = Catalog<any Initializer>(
    "initializer",
    [
      Component("glorot-uniform", help: "Uniform with variance 2/(inputs + outputs).") { _ in
        GlorotInitializer(.uniform)
      },
      Component("glorot-normal", help: "Truncated normal with variance 2/(inputs + outputs).") { _ in
        GlorotInitializer(.normal)
      },
      Component("he-uniform", help: "Uniform with variance 2/inputs.") { _ in HeInitializer(.uniform) },
      Component("he-normal", help: "Truncated normal with variance 2/inputs.") { _ in HeInitializer(.normal)
      },
    ])
}

/// The distributions that weights are drawn from.
public enum WeightDistribution: Sendable, Hashable {
  /// Between −√(3 v) and √(3 v), where v is the variance.
  case uniform
  /// Normal, cut at two standard deviations and widened so that the variance is v after the cut.
  case normal

  /// Draws a number of a variance.
  func draw(variance: Double, using stream: inout RandomStream) -> Double {
    switch self {
    case .uniform:
      let limit = (3 * variance).squareRoot()
      return stream.uniform(-limit, limit)
    case .normal:
      // The standard deviation of a normal distribution cut at two of its own (Keras, VarianceScaling).
      let deviation = variance.squareRoot() / 0.87962566103423978
      while true {
        let draw = stream.normal()
        if abs(draw) <= 2 { return draw * deviation }
      }
    }
  }
}
