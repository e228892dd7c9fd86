import Datasets
import Search
import Tensors

/// The mean of `|y − ŷ| / |y|` as a fraction; targets of zero count as 2⁻⁵².
public struct MeanAbsolutePercentageError: Metric {
  /// The mean absolute percentage error.
  public init() {}

  public var name: String { "mape" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    ValueErrors(predictions, data).mean { ($0 - $1).magnitude / max($1.magnitude, 0x1p-52) }
  }
}
