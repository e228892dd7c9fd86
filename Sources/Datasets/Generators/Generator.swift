import Components
import Tensors

/// Data made by a rule and a random stream, with a known answer.
public protocol Generator: Sendable {
  /// Makes the data. The same stream gives the same data.
  func dataset(using stream: inout RandomStream) -> Dataset
}

/// All generators: what `data: {generate: …}` can name.
public enum Generators {
  /// The generators by name.
  public static let catalog = Catalog<any Generator>(
    "generator", [TwoMoons.component, Blobs.component, Sine.component])

  static let samples = Parameter<Int>(
    "samples", default: 500, "at least 4", help: "The number of examples."
  ) { $0 >= 4 }
  static func noise(_ value: Double) -> Parameter<Double> {
    Parameter("noise", default: value, "at least 0", help: "The standard deviation of the noise.") { $0 >= 0 }
  }

  /// Two features named `x1` and `x2`.
  static let plane: [Dataset.Feature] = [.init(name: "x1"), .init(name: "x2")]
}
