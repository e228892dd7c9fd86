import Components
import Tensors

/// Subtracts each feature's median and divides by the distance of its quartiles (scikit-learn's `RobustScaler`), which
/// outliers hardly move; a feature whose quartiles coincide is only shifted.
public struct Robust: ColumnScaler {
  /// Whether the target values are scaled as well; predictions return to their units.
  public var targets: Bool

  /// Scaling by quartiles.
  public init(targets: Bool = false) { self.targets = targets }

  static let name = "robust"
  static let component = Component<any Preparation>(
    name, help: "Median 0 and quartiles 1 apart for every feature.", swift: "Robust(targets)",
    parameters: [targetsParameter]
  ) { Robust(targets: $0[targetsParameter]) }

  func scaling(of values: [Double]) -> Scaling {
    let range = Statistics.quantile(values, 0.75) - Statistics.quantile(values, 0.25)
    return Scaling(shift: Statistics.quantile(values, 0.5), scale: range > 0 ? 1 / range : 1)
  }
}
