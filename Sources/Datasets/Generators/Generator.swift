import Components
import Tensors

/// Data made by a rule and a random stream, with a known answer.
public protocol Generator: Sendable {
  /// Makes the data; the same stream gives the same data.
  ///
  /// Throws `DatasetError.noPainter` if characters are to be drawn and nobody draws them.
  func dataset(
    using stream: inout RandomStream, painter: (any GlyphPainter)?
  ) throws(DatasetError) -> Dataset
}

/// A generator of numbers alone, which needs nobody who draws.
public protocol NumericGenerator: Generator {
  /// Makes the data; the same stream gives the same data.
  func dataset(using stream: inout RandomStream) -> Dataset
}

extension NumericGenerator {
  public func dataset(
    using stream: inout RandomStream, painter: (any GlyphPainter)?
  ) throws(DatasetError) -> Dataset {
    dataset(using: &stream)
  }
}

/// All generators: what `data: {generate: …}` can name.
public enum Generators {
  /// The generators by name.
  public static let catalog = Catalog<any Generator>(
    "generator",
    [
      TwoMoons.component, Circles.component, Blobs.component, Spirals.component, ExclusiveOr.component,
      Sine.component, PolynomialCurve.component, Gaussians.component, GaussianRing.component,
    ] + Friedman.components + [
      LinearRegressionData.component, HypercubeClasses.component, Glyphs.component,
      ExpressionTrees.component,
    ])

  static let samples = Parameter<Int>(
    "samples", default: 500, "at least 4", help: "The number of examples."
  ) { $0 >= 4 }
  static func noise(_ value: Double) -> Parameter<Double> {
    Parameter("noise", default: value, "at least 0", help: "The standard deviation of the noise.") { $0 >= 0 }
  }
  static let balance = Parameter<[Double]>(
    "balance", default: [], "numbers above 0", help: "The share of each class; equal unless given."
  ) { $0.allSatisfy { $0 > 0 && $0.isFinite } }

  /// Two features named `x1` and `x2`.
  static let plane = features(2)

  /// So many features named `x1`, `x2` and so on.
  static func features(_ count: Int) -> [Dataset.Feature] {
    (0..<count).map { .init(name: "x\($0 + 1)") }
  }

  /// The shares of the classes; throws the problem if there are more or fewer.
  static func shares(_ arguments: Arguments, classes: Int) throws -> [Double] {
    let shares = arguments[balance]
    guard shares.isEmpty || shares.count == classes else {
      throw Problem(
        RecipeError.outOfRange(
          name: "balance", requirement: "a number for each of the \(classes) classes",
          found: shares.recipeText), at: arguments.given["balance"]?.position ?? arguments.position)
    }
    return shares
  }

  /// The class of each example: in turn for equal shares, otherwise class by class, by the largest remainder.
  static func classes(_ samples: Int, count: Int, balance: [Double]) -> [Int] {
    guard !balance.isEmpty else { return (0..<samples).map { $0 % count } }
    let sum = balance.reduce(0, +)
    // Whole numbers decide remainders exactly; a millionth of a share is below any example.
    let counts = Split.quotas(samples, among: balance.map { Int(($0 / sum * 1e6).rounded()) })
    return counts.enumerated().flatMap { number, count in [Int](repeating: number, count: count) }
  }
}
