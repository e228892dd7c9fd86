import Components
import Datasets
import Search
import Tensors

/// The mean of the absolute differences over examples and outputs.
public struct MeanAbsoluteErrorMetric: Metric {
  /// The mean absolute error.
  public init() {}

  static let component = Component<any Metric>(
    "mae", help: "The mean absolute error.", swift: "MeanAbsoluteErrorMetric()"
  ) { _ in MeanAbsoluteErrorMetric() }

  public var name: String { "mae" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.weightedMean(of: predictions) { ($1 - $0).magnitude }
  }
}
