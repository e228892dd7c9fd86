import Components
import Tensors

/// Clouds at corners of a cube of the features that count, beside features that depend on them and others that mean nothing
/// (after scikit-learn's `make_classification`, Guyon 2003).
public struct HypercubeClasses: NumericGenerator {
  /// The number of examples.
  public var samples: Int
  /// The number of features.
  public var features: Int
  /// How many of them count: the first ones.
  public var informative: Int
  /// How many behind those are linear combinations of them.
  public var redundant: Int
  /// The number of classes, each a corner of its own.
  public var classes: Int
  /// Half the edge of the cube; clouds have a size of about one.
  public var separation: Double
  /// The share of examples whose class is drawn at random.
  public var flip: Double
  /// The share of each class; empty for equal ones.
  public var balance: [Double]

  /// Clouds at corners of a cube.
  public init(
    samples: Int = 500, features: Int = 10, informative: Int = 4, redundant: Int = 2, classes: Int = 2,
    separation: Double = 1, flip: Double = 0.01, balance: [Double] = []
  ) {
    self.samples = samples
    self.features = features
    self.informative = informative
    self.redundant = redundant
    self.classes = classes
    self.separation = separation
    self.flip = flip
    self.balance = balance
  }

  private static let featuresParameter = Parameter<Int>(
    "features", default: 10, "at least 1", help: "The number of features."
  ) { $0 >= 1 }
  private static let informativeParameter = Parameter<Int>(
    "informative", default: 4, "between 1 and 20", help: "How many features count."
  ) { (1...20).contains($0) }
  private static let redundantParameter = Parameter<Int>(
    "redundant", default: 2, "at least 0", help: "How many features are combinations of those."
  ) { $0 >= 0 }
  private static let classesParameter = Parameter<Int>(
    "classes", default: 2, "at least 2", help: "The number of classes."
  ) { $0 >= 2 }
  private static let separationParameter = Parameter<Double>(
    "separation", default: 1, "at least 0", help: "Half the distance between neighboring clouds."
  ) { $0 >= 0 }
  private static let flipParameter = Parameter<Double>(
    "flip", default: 0.01, "between 0 and 1", help: "The share of examples with a class drawn at random."
  ) { (0...1).contains($0) }
  static let component = Component<any Generator>(
    "classification", help: "Clouds at corners of a cube, with redundant and useless features.",
    swift: "HypercubeClasses(samples, features, informative, redundant, classes, separation, flip, balance)",
    parameters: [
      Generators.samples, featuresParameter, informativeParameter, redundantParameter, classesParameter,
      separationParameter, flipParameter, Generators.balance,
    ]
  ) { arguments in
    let (features, informative) = (arguments[featuresParameter], arguments[informativeParameter])
    let (redundant, classes) = (arguments[redundantParameter], arguments[classesParameter])
    guard informative + redundant <= features else {
      throw Problem(
        RecipeError.outOfRange(
          name: "features", requirement: "at least informative + redundant = \(informative + redundant)",
          found: "\(features)"), at: arguments.given["features"]?.position ?? arguments.position)
    }
    guard classes <= 1 << informative else {
      throw Problem(
        RecipeError.outOfRange(
          name: "classes", requirement: "at most the \(1 << informative) corners of \(informative) features",
          found: "\(classes)"), at: arguments.given["classes"]?.position ?? arguments.position)
    }
    return HypercubeClasses(
      samples: arguments[Generators.samples], features: features, informative: informative,
      redundant: redundant, classes: classes, separation: arguments[separationParameter],
      flip: arguments[flipParameter], balance: try Generators.shares(arguments, classes: classes))
  }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    var numbers = Generators.classes(samples, count: classes, balance: balance)
    let corners = corners(using: &stream)
    // Each cloud has a shape of its own, and redundant features one rule for all.
    let shapes = (0..<classes).map { _ in matrix(informative, informative, &stream) }
    let mixing = matrix(redundant, informative, &stream)
    var inputs = Tensor<Double>(repeating: 0, shape: [samples, features])
    for (index, number) in numbers.enumerated() {
      let z = (0..<informative).map { _ in stream.normal() }
      var x = shapes[number].enumerated().map { axis, row in
        zip(row, z).reduce(0) { $0 + $1.0 * $1.1 } + corners[number][axis]
      }
      x += mixing.map { row in zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } }
      while x.count < features { x.append(stream.normal()) }
      for (column, value) in x.enumerated() { inputs[index, column] = value }
    }
    for index in numbers.indices where stream.uniform() < flip {
      numbers[index] = stream.integer(below: classes)
    }
    return Dataset(
      features: Generators.features(features), inputs: inputs,
      targets: .classes(numbers, names: (0..<classes).map { "class \($0 + 1)" }))
  }

  /// A corner for each class, none twice.
  private func corners(using stream: inout RandomStream) -> [[Double]] {
    var taken: Set<Int> = []
    return (0..<classes).map { _ in
      var corner = stream.integer(below: 1 << informative)
      while !taken.insert(corner).inserted { corner = stream.integer(below: 1 << informative) }
      return (0..<informative).map { corner >> $0 & 1 == 1 ? separation : -separation }
    }
  }

  private func matrix(_ rows: Int, _ columns: Int, _ stream: inout RandomStream) -> [[Double]] {
    (0..<rows).map { _ in (0..<columns).map { _ in stream.uniform(-1, 1) } }
  }
}
