import Components
import Tensors

/// Normal distributions of standard deviation 1, a class each: what a linear classifier solves as well as anything can.
public struct Gaussians: NumericGenerator {
  /// The number of examples.
  public var samples: Int
  /// The number of classes.
  public var classes: Int
  /// The number of features; the centers lie in the plane of the first two.
  public var features: Int
  /// The distance between neighboring centers.
  public var separation: Double
  /// The share of each class; empty for equal ones.
  public var balance: [Double]

  /// Normal distributions.
  public init(
    samples: Int = 500, classes: Int = 2, features: Int = 2, separation: Double = 3, balance: [Double] = []
  ) {
    self.samples = samples
    self.classes = classes
    self.features = features
    self.separation = separation
    self.balance = balance
  }

  private static let classesParameter = Parameter<Int>(
    "classes", default: 2, "at least 2", help: "The number of classes."
  ) { $0 >= 2 }
  private static let featuresParameter = Parameter<Int>(
    "features", default: 2, "at least 1", help: "The number of features."
  ) { $0 >= 1 }
  private static let separationParameter = Parameter<Double>(
    "separation", default: 3, "at least 0", help: "The distance between neighboring centers, in deviations."
  ) { $0 >= 0 }
  static let component = Component<any Generator>(
    "gaussians", help: "Normal distributions, one a class.",
    swift: "Gaussians(samples, classes, features, separation, balance)",
    parameters: [
      Generators.samples, classesParameter, featuresParameter, separationParameter, Generators.balance,
    ]
  ) { arguments in
    let balance = try Generators.shares(arguments, classes: arguments[classesParameter])
    return Gaussians(
      samples: arguments[Generators.samples], classes: arguments[classesParameter],
      features: arguments[featuresParameter], separation: arguments[separationParameter], balance: balance)
  }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    let numbers = Generators.classes(samples, count: classes, balance: balance)
    var inputs = Tensor<Double>(repeating: 0, shape: [samples, features])
    // A circle on which neighbors are as far apart as they should be; one feature has a line only.
    let radius = separation / (2 * Double.sin(.pi / Double(classes)))
    for (index, number) in numbers.enumerated() {
      for column in 0..<features { inputs[index, column] = stream.normal() }
      guard features > 1 else {
        inputs[index, 0] += separation * Double(number)
        continue
      }
      let angle = 2 * .pi * Double(number) / Double(classes)
      inputs[index, 0] += radius * Double.cos(angle)
      inputs[index, 1] += radius * Double.sin(angle)
    }
    return Dataset(
      features: Generators.features(features), inputs: inputs,
      targets: .classes(numbers, names: (0..<classes).map { "class \($0 + 1)" }))
  }
}
