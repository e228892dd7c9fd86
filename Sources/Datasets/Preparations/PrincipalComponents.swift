import Components
import Tensors

/// Projects the features on the directions along which the training part spreads most: the eigenvectors of its covariance
/// (Pearson 1901; scikit-learn's `PCA`).
///
/// The largest entry of every direction is positive, so that signs do not depend on the way it was found.
public struct PrincipalComponents: Preparation {
  /// The number of directions; nil for all.
  public var components: Int?
  /// Whether every projection is divided by its standard deviation.
  public var whiten: Bool

  /// Principal components.
  public init(components: Int? = nil, whiten: Bool = false) {
    self.components = components
    self.whiten = whiten
  }

  private static let componentsParameter = Parameter<Int?>(
    "components", default: .some(nil), "at least 1",
    help: "The number of directions; all of them if none is given."
  ) { ($0 ?? 1) >= 1 }
  private static let whitenParameter = Parameter<Bool>(
    "whiten", default: false, help: "Whether every projection has standard deviation 1.")
  static let component = Component<any Preparation>(
    "pca", help: "The directions along which the data spread most.",
    swift: "PrincipalComponents(components, whiten)", parameters: [componentsParameter, whitenParameter]
  ) { PrincipalComponents(components: $0[componentsParameter], whiten: $0[whitenParameter]) }

  private func columns(_ count: Int) -> [Dataset.Feature] {
    (1...max(components ?? count, 1)).map { .init(name: "component \($0)") }
  }

  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    try data.requireNumbers()
    if let components, components > data.features.count {
      throw .tooManyComponents(components: components, features: data.features.count)
    }
    return data.with(columns(data.features.count))
  }

  public func fitted(to training: Dataset) -> any FittedPreparation {
    let (rows, width) = (training.count, training.inputs.columns)
    let means = (0..<width).map { column in
      Statistics.mean((0..<rows).map { training.inputs[$0, column] })
    }
    var centered = training.inputs.elements
    for index in centered.indices { centered[index] -= means[index % width] }
    let directions = Self.directions(of: centered, rows: rows, columns: width)
    let count = min(components ?? width, width)
    let kept = (0..<count).map { index -> [Double] in
      guard index < directions.count else { return [Double](repeating: 0, count: width) }
      let (variance, vector) = directions[index]
      // Directions without any spread, but for rounding, would be blown up.
      let isSpread = variance > 1e-12 * directions[0].variance
      return whiten ? vector.map { isSpread ? $0 / variance.squareRoot() : 0 } : vector
    }
    return Projection(means: means, directions: kept, features: columns(width))
  }

  /// The directions with the variances along them, the largest first.
  private static func directions(
    of centered: [Double], rows: Int, columns: Int
  ) -> [(variance: Double, vector: [Double])] {
    guard rows > 1 else { return [] }
    // The smaller one of X′X and XX′ has all variances that are not zero.
    let isWide = columns > rows
    let size = isWide ? rows : columns
    let (step, other) = isWide ? (columns, 1) : (1, columns)
    let length = isWide ? columns : rows
    var products = [Double](repeating: 0, count: size * size)
    for a in 0..<size {
      for b in 0...a {
        var sum = 0.0
        for index in 0..<length {
          sum += centered[a * step + index * other] * centered[b * step + index * other]
        }
        products[a * size + b] = sum / Double(rows - 1)
      }
    }
    let eigen = SymmetricEigen(products, count: size)
    return (0..<size).reversed().map { index in
      var vector = Array(eigen.vector(index))
      if isWide {
        let weights = vector
        vector = (0..<columns).map { column in
          (0..<rows).reduce(0) { $0 + weights[$1] * centered[$1 * columns + column] }
        }
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if norm > 0 { vector = vector.map { $0 / norm } }
      }
      let largest = vector.max { abs($0) < abs($1) } ?? 0
      return (max(eigen.values[index], 0), largest < 0 ? vector.map { -$0 } : vector)
    }
  }
}

/// The projection of centered features on directions.
private struct Projection: FittedPreparation {
  var means: [Double]
  var directions: [[Double]]
  var features: [Dataset.Feature]

  func apply(to data: Dataset) -> Dataset {
    var result = data
    result.features = features
    let width = means.count
    var elements: [Double] = []
    elements.reserveCapacity(data.count * directions.count)
    for row in 0..<data.count {
      let values = (0..<width).map { data.inputs.elements[row * width + $0] - means[$0] }
      for direction in directions {
        var sum = 0.0
        for column in 0..<width { sum += values[column] * direction[column] }
        elements.append(sum)
      }
    }
    result.inputs = Tensor(elements, shape: [data.count, directions.count])
    return result
  }
}
