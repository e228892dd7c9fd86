import Components
import Tensors

/// A linear function of some features among others that mean nothing (scikit-learn's `make_regression`).
public struct LinearRegressionData: NumericGenerator {
  /// The number of examples.
  public var samples: Int
  /// The number of features, each of the standard normal distribution.
  public var features: Int
  /// How many of them count: the first ones, with coefficients between 0 and 100.
  public var informative: Int
  /// The standard deviation of the noise.
  public var noise: Double

  /// A linear function.
  public init(samples: Int = 500, features: Int = 10, informative: Int = 5, noise: Double = 1) {
    self.samples = samples
    self.features = features
    self.informative = informative
    self.noise = noise
  }

  private static let featuresParameter = Parameter<Int>(
    "features", default: 10, "at least 1", help: "The number of features."
  ) { $0 >= 1 }
  private static let informativeParameter = Parameter<Int>(
    "informative", default: 5, "at least 1", help: "How many features count."
  ) { $0 >= 1 }
  private static let noiseParameter = Generators.noise(1)
  static let component = Component<any Generator>(
    "regression", help: "A linear function of some features among others.",
    swift: "LinearRegressionData(samples, features, informative, noise)",
    parameters: [Generators.samples, featuresParameter, informativeParameter, noiseParameter]
  ) {
    LinearRegressionData(
      samples: $0[Generators.samples], features: $0[featuresParameter],
      informative: min($0[informativeParameter], $0[featuresParameter]), noise: $0[noiseParameter])
  }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    let coefficients = (0..<features).map { $0 < informative ? 100 * stream.uniform() : 0 }
    var inputs: [Double] = []
    var targets: [Double] = []
    for _ in 0..<samples {
      let x = (0..<features).map { _ in stream.normal() }
      inputs += x
      targets.append(zip(x, coefficients).reduce(0) { $0 + $1.0 * $1.1 } + noise * stream.normal())
    }
    return Dataset(
      features: Generators.features(features), inputs: Tensor(inputs, shape: [samples, features]),
      targets: .values(Tensor(targets, shape: [samples, 1]), names: ["y"]),
      errors: noise > 0 ? [Double](repeating: noise, count: samples) : nil)
  }
}
