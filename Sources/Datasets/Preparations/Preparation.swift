import Components
import Tensors

/// A transformation of the features that is learned from the training part alone and then applied to every part.
public protocol Preparation: Sendable {
  /// Learns what the transformation needs from the training part.
  func fitted(to training: Dataset) -> any FittedPreparation
  /// The features that come out for those that go in.
  func outputFeatures(for features: [Dataset.Feature]) -> [Dataset.Feature]
}

/// A transformation of features with everything learned.
public protocol FittedPreparation: Sendable {
  /// Transforms the features; targets and the order of examples stay.
  func apply(to data: Dataset) -> Dataset
}

/// All preparations: what `prepare: […]` can name.
public enum Preparations {
  /// The preparations by name.
  public static let catalog = Catalog<any Preparation>(
    "preparation",
    [Standardize.component, MinMax.component, OneHot.component, Polynomial.component])

  /// Learns each preparation from what the ones before it make of the training part.
  public static func fit(_ preparations: [any Preparation], to training: Dataset) -> [any FittedPreparation] {
    var data = training
    return preparations.map { preparation in
      let fitted = preparation.fitted(to: data)
      data = fitted.apply(to: data)
      return fitted
    }
  }
}

extension [any FittedPreparation] {
  /// Applies one after the other.
  public func apply(to data: Dataset) -> Dataset { reduce(data) { $1.apply(to: $0) } }
}

/// A shift and a scale for each column: `(x − shift) · scale`.
struct ColumnScaling: FittedPreparation {
  var shifts: [Double]
  var scales: [Double]

  func apply(to data: Dataset) -> Dataset {
    var result = data
    for row in 0..<data.count {
      for column in shifts.indices {
        result.inputs[row, column] = (data.inputs[row, column] - shifts[column]) * scales[column]
      }
    }
    return result
  }
}
