import Components
import Datasets
import Search
import Tensors

/// The mean of the squared differences over examples and outputs.
public struct MeanSquaredErrorMetric: Metric {
  /// The mean squared error.
  public init() {}

  static let component = Component<any Metric>(
    "mse", help: "The mean squared error.", swift: "MeanSquaredErrorMetric()"
  ) { _ in MeanSquaredErrorMetric() }

  public var name: String { "mse" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.weightedMean(of: predictions) { ($1 - $0) * ($1 - $0) }
  }
}
