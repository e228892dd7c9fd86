import Components
import Datasets
import Search
import Tensors

/// The mean of `|ŷ − y| / max(|y|, ε)` over examples and outputs, with ε the distance from 1 to the next
/// number: a share, not a percentage, and huge for targets near zero.
public struct MeanAbsolutePercentageError: Metric {
  /// The mean relative error.
  public init() {}

  static let component = Component<any Metric>(
    "mape", help: "The mean absolute error as a share of the target; 1 is 100 %.",
    swift: "MeanAbsolutePercentageError()"
  ) { _ in MeanAbsolutePercentageError() }

  public var name: String { "mape" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.weightedMean(of: predictions) { ($1 - $0).magnitude / max($0.magnitude, .ulpOfOne) }
  }
}
