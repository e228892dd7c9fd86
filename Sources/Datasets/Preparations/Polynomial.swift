import Components
import Tensors

/// All products of features up to a degree, without the constant one (scikit-learn's `PolynomialFeatures`, in the same
/// order): `a, b` of degree 2 become `a, b, a², ab, b²`.
public struct Polynomial: Preparation, FittedPreparation {
  /// The highest degree.
  public var degree: Int

  /// Products up to a degree.
  public init(degree: Int) { self.degree = degree }

  private static let degreeParameter = Parameter<Int>(
    "degree", default: 2, "between 1 and 20", help: "The highest degree."
  ) { (1...20).contains($0) }
  static let component = Component<any Preparation>(
    "polynomial", help: "All products of features up to a degree.", swift: "Polynomial(degree)",
    parameters: [degreeParameter]
  ) { Polynomial(degree: $0[degreeParameter]) }

  /// The factors of every product, as rising column numbers.
  private func products(of columns: Int) -> [[Int]] {
    var all: [[Int]] = []
    var last = [[Int]()]
    for _ in 1...degree {
      last = last.flatMap { factors in ((factors.last ?? 0)..<columns).map { factors + [$0] } }
      all += last
    }
    return all
  }

  public func outputFeatures(for features: [Dataset.Feature]) -> [Dataset.Feature] {
    products(of: features.count).map { factors in
      Dataset.Feature(name: factors.map { features[$0].name }.joined(separator: " "))
    }
  }

  public func fitted(to training: Dataset) -> any FittedPreparation { self }

  public func apply(to data: Dataset) -> Dataset {
    let products = products(of: data.inputs.columns)
    var result = data
    result.features = outputFeatures(for: data.features)
    result.inputs = Tensor(
      (0..<data.count).flatMap { row in
        products.map { factors in factors.reduce(1) { $0 * data.inputs[row, $1] } }
      }, shape: [data.count, products.count])
    return result
  }
}
