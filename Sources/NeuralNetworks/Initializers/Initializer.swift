import Components
import Tensors

/// How weights begin.
public protocol Initializer: Sendable {
  /// Draws the weights of a block, the last axis fastest; its first axis counts units.
  func values(shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream) -> [Double]
}

/// All initializers: what `initializer:` can name.
public enum Initializers {
  /// The initializers by name.
  public static let catalog = Catalog<any Initializer>(
    "initializer",
    [
      Component(
        "glorot-uniform", help: "Uniform with variance 2/(inputs + outputs).",
        swift: "GlorotInitializer(.uniform)"
      ) { _ in
        GlorotInitializer(.uniform)
      },
      Component(
        "glorot-normal", help: "Truncated normal with variance 2/(inputs + outputs).",
        swift: "GlorotInitializer(.normal)"
      ) { _ in
        GlorotInitializer(.normal)
      },
      Component("he-uniform", help: "Uniform with variance 2/inputs.", swift: "HeInitializer(.uniform)") {
        _ in HeInitializer(.uniform)
      },
      Component(
        "he-normal", help: "Truncated normal with variance 2/inputs.", swift: "HeInitializer(.normal)"
      ) { _ in HeInitializer(.normal)
      },
      Component("lecun-uniform", help: "Uniform with variance 1/inputs.", swift: "LeCunInitializer(.uniform)")
      { _ in LeCunInitializer(.uniform) },
      Component(
        "lecun-normal", help: "Truncated normal with variance 1/inputs.", swift: "LeCunInitializer(.normal)"
      ) { _ in
        LeCunInitializer(.normal)
      },
      Component("zeros", help: "All 0.", swift: "ConstantInitializer(0)") { _ in ConstantInitializer(0) },
      Component("ones", help: "All 1.", swift: "ConstantInitializer(1)") { _ in ConstantInitializer(1) },
      ConstantInitializer.component, NormalInitializer.component, UniformInitializer.component,
      TruncatedNormalInitializer.component, OrthogonalInitializer.component,
    ])
}

/// The distributions that weights of a given variance are drawn from.
public enum WeightDistribution: Sendable, Hashable {
  /// Between −√(3 v) and √(3 v), where v is the variance.
  case uniform
  /// Normal, cut at two standard deviations and widened so that the variance is v after the cut.
  case normal

  /// Draws numbers of a variance.
  func draw(_ count: Int, variance: Double, using stream: inout RandomStream) -> [Double] {
    switch self {
    case .uniform:
      let limit = (3 * variance).squareRoot()
      return (0..<count).map { _ in stream.uniform(-limit, limit) }
    case .normal:
      // The standard deviation of a normal distribution cut at two of its own (Keras, VarianceScaling).
      let deviation = variance.squareRoot() / 0.87962566103423978
      return (0..<count).map { _ in stream.truncatedNormal() * deviation }
    }
  }
}

extension RandomStream {
  /// A number of the standard normal distribution cut at two.
  mutating func truncatedNormal() -> Double {
    while true {
      let draw = normal()
      if abs(draw) <= 2 { return draw }
    }
  }
}
