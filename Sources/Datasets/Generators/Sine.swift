import Components
import Tensors

/// Points of `sin(2π f x)` for x between 0 and 1, with noise: a curve that no line fits.
public struct Sine: NumericGenerator {
  /// The number of examples, evenly spaced.
  public var samples: Int
  /// Periods between 0 and 1.
  public var frequency: Double
  /// The standard deviation of the noise.
  public var noise: Double

  /// A noisy sine.
  public init(samples: Int = 100, frequency: Double = 1, noise: Double = 0.1) {
    self.samples = samples
    self.frequency = frequency
    self.noise = noise
  }

  private static let samplesParameter = Parameter<Int>(
    "samples", default: 100, "at least 4", help: "The number of examples."
  ) { $0 >= 4 }
  private static let frequencyParameter = Parameter<Double>(
    "frequency", default: 1, help: "Periods between 0 and 1.")
  private static let noiseParameter = Generators.noise(0.1)
  static let component = Component<any Generator>(
    "sine", help: "A noisy sine of one feature.", swift: "Sine(samples, frequency, noise)",
    parameters: [samplesParameter, frequencyParameter, noiseParameter]
  ) {
    Sine(samples: $0[samplesParameter], frequency: $0[frequencyParameter], noise: $0[noiseParameter])
  }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    let x = (0..<samples).map { Double($0) / Double(max(samples - 1, 1)) }
    let y = x.map { Double.sin(2 * .pi * frequency * $0) + noise * stream.normal() }
    return Dataset(
      features: [.init(name: "x")], inputs: Tensor(x, shape: [samples, 1]),
      targets: .values(Tensor(y, shape: [samples, 1]), names: ["y"]),
      errors: noise > 0 ? [Double](repeating: noise, count: samples) : nil)
  }
}
