import Components
import Tensors

/// Narrow normal distributions on a circle: what a generator has to find all of (after Metz and others 2017).
public struct GaussianRing: NumericGenerator {
  /// The number of examples, spread evenly over the modes.
  public var samples: Int
  /// The number of normal distributions; their number is the class of an example.
  public var modes: Int
  /// The radius of the circle.
  public var radius: Double
  /// The standard deviation of each.
  public var noise: Double

  /// A ring of normal distributions.
  public init(samples: Int = 1000, modes: Int = 8, radius: Double = 2, noise: Double = 0.1) {
    self.samples = samples
    self.modes = modes
    self.radius = radius
    self.noise = noise
  }

  private static let samplesParameter = Parameter<Int>(
    "samples", default: 1000, "at least 4", help: "The number of examples."
  ) { $0 >= 4 }
  private static let modesParameter = Parameter<Int>(
    "modes", default: 8, "at least 1", help: "The number of normal distributions."
  ) { $0 >= 1 }
  private static let radiusParameter = Parameter<Double>(
    "radius", default: 2, "above 0", help: "The radius of the ring."
  ) { $0 > 0 }
  private static let noiseParameter = Generators.noise(0.1)
  static let component = Component<any Generator>(
    "gaussian-ring", help: "Narrow normal distributions on a circle, for generators to find.",
    swift: "GaussianRing(samples, modes, radius, noise)",
    parameters: [samplesParameter, modesParameter, radiusParameter, noiseParameter]
  ) {
    GaussianRing(
      samples: $0[samplesParameter], modes: $0[modesParameter], radius: $0[radiusParameter],
      noise: $0[noiseParameter])
  }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    let numbers = (0..<samples).map { $0 % modes }
    var inputs = Tensor<Double>(repeating: 0, shape: [samples, 2])
    for (index, number) in numbers.enumerated() {
      let angle = 2 * .pi * Double(number) / Double(modes)
      inputs[index, 0] = radius * Double.cos(angle) + noise * stream.normal()
      inputs[index, 1] = radius * Double.sin(angle) + noise * stream.normal()
    }
    return Dataset(
      features: Generators.plane, inputs: inputs,
      targets: .classes(numbers, names: (0..<modes).map { "mode \($0 + 1)" }))
  }
}
