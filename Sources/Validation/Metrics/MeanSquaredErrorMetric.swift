import Datasets
import Search
import Tensors

/// The mean of the squared differences over examples and targets.
public struct MeanSquaredErrorMetric: Metric {
  /// The mean squared error.
  public init() {}

  public var name: String { "mse" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    ValueErrors(predictions, data).mean { ($0 - $1) * ($0 - $1) }
  }
}
