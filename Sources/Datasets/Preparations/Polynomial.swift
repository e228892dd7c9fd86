import Components
import Tensors

/// All products of features up to a degree, without the constant one (scikit-learn's `PolynomialFeatures`, in the same
/// order): `a, b` of degree 2 become `a, b, a², ab, b²`.
public struct Polynomial: Preparation, FittedPreparation {
  /// The highest degree.
  public var degree: Int
  /// Whether no feature is multiplied by itself.
  public var interactions: Bool

  /// Products up to a degree.
  public init(degree: Int = 2, interactions: Bool = false) {
    self.degree = degree
    self.interactions = interactions
  }

  private static let degreeParameter = Parameter<Int>(
    "degree", default: 2, "between 1 and 20", help: "The highest degree."
  ) { (1...20).contains($0) }
  private static let interactionsParameter = Parameter<Bool>(
    "interactions", default: false, help: "Whether only different features are multiplied.")
  static let component = Component<any Preparation>(
    "polynomial", help: "All products of features up to a degree.", swift: "Polynomial(degree, interactions)",
    parameters: [degreeParameter, interactionsParameter]
  ) { Polynomial(degree: $0[degreeParameter], interactions: $0[interactionsParameter]) }

  /// As many columns as memory and training can be expected to bear.
  private static let mostColumns = 20_000

  /// The number of products, or nil if there are too many: sums of binomial coefficients.
  private func count(of columns: Int) -> Int? {
    var (total, products) = (0, 1.0)
    for order in 1...degree {
      let next = interactions ? columns - order + 1 : columns + order - 1
      products = products * Double(max(next, 0)) / Double(order)
      guard products < Double(Self.mostColumns) else { return nil }
      total += Int(products.rounded())
    }
    return total <= Self.mostColumns ? total : nil
  }

  /// The factors of every product, as rising column numbers.
  private func products(of columns: Int) -> [[Int]] {
    var all: [[Int]] = []
    var last = [[Int]()]
    for _ in 1...degree {
      last = last.flatMap { factors in
        let first = factors.last.map { interactions ? $0 + 1 : $0 } ?? 0
        return (min(first, columns)..<columns).map { factors + [$0] }
      }
      all += last
    }
    return all
  }

  private func columns(for features: [Dataset.Feature]) -> [Dataset.Feature] {
    products(of: features.count).map { factors in
      Dataset.Feature(name: factors.map { features[$0].name }.joined(separator: " "))
    }
  }

  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    try data.requireNumbers()
    guard count(of: data.features.count) != nil else {
      throw .tooManyProducts(features: data.features.count, degree: degree, most: Self.mostColumns)
    }
    return data.with(columns(for: data.features))
  }

  public func fitted(to training: Dataset) -> any FittedPreparation { self }

  public func apply(to data: Dataset) -> Dataset {
    let products = products(of: data.inputs.columns)
    var result = data
    result.features = columns(for: data.features)
    result.inputs = Tensor(
      (0..<data.count).flatMap { row in
        products.map { factors in factors.reduce(1) { $0 * data.inputs[row, $1] } }
      }, shape: [data.count, products.count])
    return result
  }
}
