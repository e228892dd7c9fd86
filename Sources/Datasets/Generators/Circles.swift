import Components
import Tensors

/// Two circles around one center, one class each: no line parts them (scikit-learn's `make_circles`).
public struct Circles: NumericGenerator {
  /// The number of examples; the inner circle has the odd one.
  public var samples: Int
  /// The standard deviation of both coordinates' noise.
  public var noise: Double
  /// The radius of the inner circle; that of the outer one is 1.
  public var factor: Double

  /// Two circles.
  public init(samples: Int = 500, noise: Double = 0.1, factor: Double = 0.5) {
    self.samples = samples
    self.noise = noise
    self.factor = factor
  }

  private static let noiseParameter = Generators.noise(0.1)
  private static let factorParameter = Parameter<Double>(
    "factor", default: 0.5, "between 0 and 1", help: "The radius of the inner circle; the outer one has 1."
  ) { $0 > 0 && $0 < 1 }
  static let component = Component<any Generator>(
    "circles", help: "Two circles around one center, two classes.", swift: "Circles(samples, noise, factor)",
    parameters: [Generators.samples, noiseParameter, factorParameter]
  ) { Circles(samples: $0[Generators.samples], noise: $0[noiseParameter], factor: $0[factorParameter]) }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    let outer = samples / 2
    var inputs = Tensor<Double>(repeating: 0, shape: [samples, 2])
    for index in 0..<samples {
      let isOuter = index < outer
      let place = isOuter ? Double(index) / Double(outer) : Double(index - outer) / Double(samples - outer)
      let radius = isOuter ? 1 : factor
      inputs[index, 0] = radius * Double.cos(2 * .pi * place) + noise * stream.normal()
      inputs[index, 1] = radius * Double.sin(2 * .pi * place) + noise * stream.normal()
    }
    return Dataset(
      features: Generators.plane, inputs: inputs,
      targets: .classes((0..<samples).map { $0 < outer ? 0 : 1 }, names: ["outer", "inner"]))
  }
}
