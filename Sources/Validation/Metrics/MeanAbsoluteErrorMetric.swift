import Datasets
import Search
import Tensors

/// The mean distance over examples and targets.
public struct MeanAbsoluteErrorMetric: Metric {
  /// The mean absolute error.
  public init() {}

  public var name: String { "mae" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    ValueErrors(predictions, data).mean { ($0 - $1).magnitude }
  }
}
