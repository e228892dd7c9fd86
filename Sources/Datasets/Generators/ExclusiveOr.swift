import Components
import Tensors

/// Four clouds at the corners of a square, of which those across from each other are one class: the exclusive or, which no
/// line solves (Minsky and Papert 1969).
public struct ExclusiveOr: NumericGenerator {
  /// The number of examples, spread evenly over the corners.
  public var samples: Int
  /// The standard deviation of a cloud; the corners lie at ±1.
  public var noise: Double

  /// The exclusive or.
  public init(samples: Int = 500, noise: Double = 0.3) {
    self.samples = samples
    self.noise = noise
  }

  private static let noiseParameter = Generators.noise(0.3)
  static let component = Component<any Generator>(
    "xor", help: "Four clouds at the corners of a square, two classes across from each other.",
    swift: "ExclusiveOr(samples, noise)",
    parameters: [Generators.samples, noiseParameter]
  ) { ExclusiveOr(samples: $0[Generators.samples], noise: $0[noiseParameter]) }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    var inputs = Tensor<Double>(repeating: 0, shape: [samples, 2])
    var classes: [Int] = []
    for index in 0..<samples {
      let (right, upper) = (index % 4 % 2 == 1, index % 4 / 2 == 1)
      inputs[index, 0] = (right ? 1 : -1) + noise * stream.normal()
      inputs[index, 1] = (upper ? 1 : -1) + noise * stream.normal()
      classes.append(right == upper ? 0 : 1)
    }
    return Dataset(
      features: Generators.plane, inputs: inputs, targets: .classes(classes, names: ["same", "different"]))
  }
}
