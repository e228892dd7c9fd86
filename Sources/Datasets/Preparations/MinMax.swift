import Components
import Tensors

/// Maps each feature's range in the training part to 0 … 1; a constant feature becomes 0.
public struct MinMax: Preparation {
  /// Scaling to the unit interval.
  public init() {}

  static let component = Component<any Preparation>(
    "min-max", help: "Every feature between 0 and 1 on the training part.", swift: "MinMax()"
  ) { _ in MinMax() }

  public func outputFeatures(for features: [Dataset.Feature]) -> [Dataset.Feature] { features }

  public func fitted(to training: Dataset) -> any FittedPreparation {
    let columns = (0..<training.inputs.columns).map { column in
      (0..<training.count).map { training.inputs[$0, column] }
    }
    return ColumnScaling(
      shifts: columns.map { $0.min() ?? 0 },
      scales: columns.map { column in
        let range = (column.max() ?? 0) - (column.min() ?? 0)
        return range > 0 ? 1 / range : 1
      })
  }
}
