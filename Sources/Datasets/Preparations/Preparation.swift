import Components
import Tensors

/// A transformation of the data that is learned from the training part alone and then applied to every part.
public protocol Preparation: Sendable {
  /// What becomes of the columns; throws if the preparation cannot take them.
  func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline
  /// Learns what the transformation needs from the training part.
  func fitted(to training: Dataset) -> any FittedPreparation
}

/// A transformation of data with everything learned.
public protocol FittedPreparation: Sendable {
  /// Transforms features and perhaps target values; the order of examples stays.
  func apply(to data: Dataset) -> Dataset
  /// The training part as training sees it: the transformed one, unless examples are added or left out.
  func applyInTraining(to data: Dataset, using stream: inout RandomStream) -> Dataset
  /// Brings predictions, examples × targets, back to the units that targets had before.
  func restore(_ predictions: Tensor<Double>) -> Tensor<Double>
}

extension FittedPreparation {
  public func applyInTraining(to data: Dataset, using stream: inout RandomStream) -> Dataset {
    apply(to: data)
  }
  public func restore(_ predictions: Tensor<Double>) -> Tensor<Double> { predictions }
}

/// All preparations: what `prepare: […]` can name.
public enum Preparations {
  /// The preparations by name.
  public static let catalog = Catalog<any Preparation>(
    "preparation",
    [
      Standardize.component, MinMax.component, Robust.component, Scale.component, OneHot.component,
      Ordinal.component, Impute.component, Polynomial.component, PrincipalComponents.component,
      Bins.component,
      Oversample.component, Undersample.component, SyntheticMinority.component, Augment.component,
    ])

  /// What is known of data behind all preparations; throws what the first cannot take.
  public static func outline(
    _ preparations: [any Preparation], of data: DataOutline
  ) throws(DatasetError) -> DataOutline {
    var outline = data
    for preparation in preparations { outline = try preparation.outline(outline) }
    return outline
  }

  /// Learns each preparation from what the ones before it make of the training part.
  ///
  /// Examples that are added or left out are drawn from streams under that of the given one.
  public static func fit(
    _ preparations: [any Preparation], to training: Dataset, using stream: RandomStream
  ) -> PreparedTraining {
    var prepared = PreparedTraining(data: training)
    for (index, preparation) in preparations.enumerated() {
      var own = RandomStream(under: stream.key, index)
      prepared.append(preparation.fitted(to: prepared.data), using: &own)
    }
    return prepared
  }
}

extension [any FittedPreparation] {
  /// Applies one after the other.
  public func apply(to data: Dataset) -> Dataset { reduce(data) { $1.apply(to: $0) } }

  /// Brings predictions back to the units of the data, the last preparation first.
  public func restore(_ predictions: Tensor<Double>) -> Tensor<Double> {
    reversed().reduce(predictions) { $1.restore($0) }
  }
}
