import Components
import Tensors

/// Subtracts each feature's mean and divides by its standard deviation (with n in the denominator, as scikit-learn's
/// `StandardScaler`); a constant feature becomes 0.
public struct Standardize: ColumnScaler {
  /// Whether the target values are scaled as well; predictions return to their units.
  public var targets: Bool

  /// Standardization.
  public init(targets: Bool = false) { self.targets = targets }

  static let name = "standardize"
  static let component = Component<any Preparation>(
    name, help: "Mean 0 and standard deviation 1 for every feature.", swift: "Standardize(targets)",
    parameters: [targetsParameter]
  ) { Standardize(targets: $0[targetsParameter]) }

  func scaling(of values: [Double]) -> Scaling {
    // The rounded mean of a constant may differ from it, and the difference must not be blown up.
    if values.allSatisfy({ $0 == values[0] }) { return Scaling(shift: values[0], scale: 1) }
    let deviation = Statistics.standardDeviation(values, correction: 0)
    return Scaling(shift: Statistics.mean(values), scale: deviation > 0 ? 1 / deviation : 1)
  }
}
