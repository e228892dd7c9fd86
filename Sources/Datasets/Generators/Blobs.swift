import Components
import Tensors

/// Round clouds of points around centers on a circle: an easy classification (after scikit-learn's `make_blobs`, with
/// centers that never overlap by chance).
public struct Blobs: NumericGenerator {
  /// The number of examples, spread evenly over the clouds.
  public var samples: Int
  /// The number of clouds, one a class.
  public var centers: Int
  /// The standard deviation of a cloud; the centers lie on a circle of radius 3.
  public var noise: Double

  /// Clouds of points.
  public init(samples: Int = 500, centers: Int = 3, noise: Double = 1) {
    self.samples = samples
    self.centers = centers
    self.noise = noise
  }

  private static let centersParameter = Parameter<Int>(
    "centers", default: 3, "at least 2", help: "The number of clouds, one a class."
  ) { $0 >= 2 }
  private static let noiseParameter = Generators.noise(1)
  static let component = Component<any Generator>(
    "blobs", help: "Round clouds of points, one a class.", swift: "Blobs(samples, centers, noise)",
    parameters: [Generators.samples, centersParameter, noiseParameter]
  ) {
    Blobs(samples: $0[Generators.samples], centers: $0[centersParameter], noise: $0[noiseParameter])
  }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    var inputs = Tensor<Double>(repeating: 0, shape: [samples, 2])
    let classes = (0..<samples).map { $0 % centers }
    for (index, number) in classes.enumerated() {
      let angle = 2 * .pi * Double(number) / Double(centers)
      inputs[index, 0] = 3 * Double.cos(angle) + noise * stream.normal()
      inputs[index, 1] = 3 * Double.sin(angle) + noise * stream.normal()
    }
    return Dataset(
      features: Generators.plane, inputs: inputs,
      targets: .classes(classes, names: (0..<centers).map { "cloud \($0 + 1)" }))
  }
}
