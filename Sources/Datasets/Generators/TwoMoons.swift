import Components
import Tensors

/// Two interleaved half circles of radius one: a classification that no line solves (scikit-learn's `make_moons`).
public struct TwoMoons: NumericGenerator {
  /// The number of examples; the first class has the odd one.
  public var samples: Int
  /// The standard deviation of both coordinates' noise.
  public var noise: Double

  /// Two moons.
  public init(samples: Int = 500, noise: Double = 0.2) {
    self.samples = samples
    self.noise = noise
  }

  private static let noiseParameter = Generators.noise(0.2)
  static let component = Component<any Generator>(
    "two-moons", help: "Two interleaved half circles, two classes.", swift: "TwoMoons(samples, noise)",
    parameters: [Generators.samples, noiseParameter]
  ) { TwoMoons(samples: $0[Generators.samples], noise: $0[noiseParameter]) }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    var inputs = Tensor<Double>(repeating: 0, shape: [samples, 2])
    let first = samples - samples / 2
    for index in 0..<samples {
      let isFirst = index < first
      let position = isFirst ? index : index - first
      let angle = .pi * Double(position) / Double(max((isFirst ? first : samples - first) - 1, 1))
      let (x, y) = (Double.cos(angle), Double.sin(angle))
      inputs[index, 0] = (isFirst ? x : 1 - x) + noise * stream.normal()
      inputs[index, 1] = (isFirst ? y : 0.5 - y) + noise * stream.normal()
    }
    let classes = (0..<samples).map { $0 < first ? 0 : 1 }
    return Dataset(
      features: Generators.plane, inputs: inputs, targets: .classes(classes, names: ["upper", "lower"]))
  }
}
