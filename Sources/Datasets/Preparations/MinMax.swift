import Components
import Tensors

/// Maps each feature's range in the training part to 0 … 1; a constant feature becomes 0.
public struct MinMax: ColumnScaler {
  /// Whether the target values are scaled as well; predictions return to their units.
  public var targets: Bool

  /// Scaling to the unit interval.
  public init(targets: Bool = false) { self.targets = targets }

  static let name = "min-max"
  static let component = Component<any Preparation>(
    name, help: "Every feature between 0 and 1 on the training part.", swift: "MinMax(targets)",
    parameters: [targetsParameter]
  ) { MinMax(targets: $0[targetsParameter]) }

  func scaling(of values: [Double]) -> Scaling {
    let low = values.min() ?? 0
    let range = (values.max() ?? 0) - low
    return Scaling(shift: low, scale: range > 0 ? 1 / range : 1)
  }
}
