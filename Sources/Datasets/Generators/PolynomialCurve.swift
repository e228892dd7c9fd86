import Components
import Tensors

/// Points of a polynomial with noise: what a fit of the right degree finds again.
public struct PolynomialCurve: NumericGenerator {
  /// The number of examples, evenly spaced.
  public var samples: Int
  /// The coefficients, the constant first.
  public var coefficients: [Double]
  /// The first and the last point.
  public var range: ClosedRange<Double>
  /// The standard deviation of the noise.
  public var noise: Double

  /// A noisy polynomial.
  public init(
    samples: Int = 50, coefficients: [Double] = [0, 1, -2, -3, 4], range: ClosedRange<Double> = -1...1,
    noise: Double = 0.1
  ) {
    self.samples = samples
    self.coefficients = coefficients
    self.range = range
    self.noise = noise
  }

  private static let samplesParameter = Parameter<Int>(
    "samples", default: 50, "at least 4", help: "The number of examples."
  ) { $0 >= 4 }
  private static let coefficientsParameter = Parameter<[Double]>(
    "coefficients", default: [0, 1, -2, -3, 4], "at least one number", help: "The constant one first."
  ) { !$0.isEmpty }
  private static let rangeParameter = Parameter<[Double]>(
    "range", default: [-1, 1], "two rising numbers", help: "The first and the last point."
  ) { $0.count == 2 && $0[0] < $0[1] }
  private static let noiseParameter = Generators.noise(0.1)
  static let component = Component<any Generator>(
    "polynomial", help: "A noisy polynomial of one feature.",
    swift: "PolynomialCurve(samples, coefficients, range...)",
    parameters: [samplesParameter, coefficientsParameter, rangeParameter, noiseParameter]
  ) {
    let range = $0[rangeParameter]
    return PolynomialCurve(
      samples: $0[samplesParameter], coefficients: $0[coefficientsParameter], range: range[0]...range[1],
      noise: $0[noiseParameter])
  }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    let x = LawData.points(range, count: samples, spacing: .linear)
    let y = x.map { x in coefficients.reversed().reduce(0) { $0 * x + $1 } + noise * stream.normal() }
    return Dataset(
      features: [.init(name: "x")], inputs: Tensor(x, shape: [samples, 1]),
      targets: .values(Tensor(y, shape: [samples, 1]), names: ["y"]),
      errors: noise > 0 ? [Double](repeating: noise, count: samples) : nil)
  }
}
