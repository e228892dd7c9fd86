import Components
import Tensors

/// Friedman's three regressions of several features (1991; Breiman 1996), as scikit-learn's `make_friedman1` to `3`.
public struct Friedman: NumericGenerator {
  /// Which of the three.
  public enum Problem: Int, Sendable {
    /// `10 sin(π x₁ x₂) + 20 (x₃ − ½)² + 10 x₄ + 5 x₅`, all features between 0 and 1.
    case first = 1
    /// `√(x₁² + (x₂ x₃ − 1 / (x₂ x₄))²)`: the impedance of a circuit.
    case second
    /// `atan((x₂ x₃ − 1 / (x₂ x₄)) / x₁)`: its phase.
    case third
  }

  /// Which of the three.
  public var problem: Problem
  /// The number of examples.
  public var samples: Int
  /// The number of features of the first one; those behind the fifth mean nothing.
  public var features: Int
  /// The standard deviation of the noise.
  public var noise: Double

  /// One of the three.
  public init(_ problem: Problem, samples: Int = 200, features: Int = 10, noise: Double = 0) {
    self.problem = problem
    self.samples = samples
    self.features = features
    self.noise = noise
  }

  private static let samplesParameter = Parameter<Int>(
    "samples", default: 200, "at least 4", help: "The number of examples."
  ) { $0 >= 4 }
  private static let featuresParameter = Parameter<Int>(
    "features", default: 10, "at least 5", help: "The number of features, of which five count."
  ) { $0 >= 5 }
  private static let noiseParameter = Generators.noise(0)
  static let components: [Component<any Generator>] = [
    Component(
      "friedman-1", help: "A regression of five features among others.",
      swift: "Friedman(.first, samples, features, noise)",
      parameters: [samplesParameter, featuresParameter, noiseParameter]
    ) {
      Friedman(
        .first, samples: $0[samplesParameter], features: $0[featuresParameter], noise: $0[noiseParameter])
    },
    Component(
      "friedman-2", help: "The impedance of a circuit, of four features.",
      swift: "Friedman(.second, samples, noise)",
      parameters: [samplesParameter, noiseParameter]
    ) { Friedman(.second, samples: $0[samplesParameter], noise: $0[noiseParameter]) },
    Component(
      "friedman-3", help: "The phase of a circuit, of four features.",
      swift: "Friedman(.third, samples, noise)",
      parameters: [samplesParameter, noiseParameter]
    ) { Friedman(.third, samples: $0[samplesParameter], noise: $0[noiseParameter]) },
  ]

  /// The value without noise.
  package func value(_ x: [Double]) -> Double {
    switch problem {
    case .first:
      let square = (x[2] - 0.5) * (x[2] - 0.5)
      return 10 * Double.sin(.pi * x[0] * x[1]) + 20 * square + 10 * x[3] + 5 * x[4]
    case .second:
      let reactance = x[1] * x[2] - 1 / (x[1] * x[3])
      return (x[0] * x[0] + reactance * reactance).squareRoot()
    case .third: return Double.atan((x[1] * x[2] - 1 / (x[1] * x[3])) / x[0])
    }
  }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    let ranges: [(Double, Double)] =
      problem == .first
      ? [(Double, Double)](repeating: (0, 1), count: features)
      : [(0, 100), (40 * .pi, 560 * .pi), (0, 1), (1, 11)]
    var inputs: [Double] = []
    var targets: [Double] = []
    for _ in 0..<samples {
      let x = ranges.map { stream.uniform($0.0, $0.1) }
      inputs += x
      targets.append(value(x) + noise * stream.normal())
    }
    return Dataset(
      features: Generators.features(ranges.count), inputs: Tensor(inputs, shape: [samples, ranges.count]),
      targets: .values(Tensor(targets, shape: [samples, 1]), names: ["y"]),
      errors: noise > 0 ? [Double](repeating: noise, count: samples) : nil)
  }
}
