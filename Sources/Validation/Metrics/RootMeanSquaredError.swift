import Datasets
import Search
import Tensors

/// The root of the mean squared difference, the mean over the targets: in their units.
public struct RootMeanSquaredError: Metric {
  /// The root mean squared error.
  public init() {}

  public var name: String { "rmse" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    let means = ValueErrors(predictions, data).means { ($0 - $1) * ($0 - $1) }
    return Statistics.mean(means.map { $0.squareRoot() })
  }
}
