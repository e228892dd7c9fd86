import Components
import Tensors

/// Subtracts each feature's mean and divides by its standard deviation (with n in the denominator, as scikit-learn's
/// `StandardScaler`); a constant feature becomes 0.
public struct Standardize: Preparation {
  /// Standardization.
  public init() {}

  static let component = Component<any Preparation>(
    "standardize", help: "Mean 0 and standard deviation 1 for every feature.", swift: "Standardize()"
  ) { _ in Standardize() }

  public func outputFeatures(for features: [Dataset.Feature]) -> [Dataset.Feature] { features }

  public func fitted(to training: Dataset) -> any FittedPreparation {
    let columns = (0..<training.inputs.columns).map { column in
      (0..<training.count).map { training.inputs[$0, column] }
    }
    // The rounded mean of a constant may differ from it, and the difference must not be blown up.
    let isConstant = columns.map { column in column.allSatisfy { $0 == column[0] } }
    return ColumnScaling(
      shifts: zip(columns, isConstant).map { $1 ? $0.first ?? 0 : Statistics.mean($0) },
      scales: zip(columns, isConstant).map { column, isConstant in
        let deviation = Statistics.standardDeviation(column, correction: 0)
        return !isConstant && deviation > 0 ? 1 / deviation : 1
      })
  }
}
