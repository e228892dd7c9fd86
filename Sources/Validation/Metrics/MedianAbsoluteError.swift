import Datasets
import Search
import Tensors

/// The median distance over examples, the mean over the targets: outliers hardly move it.
public struct MedianAbsoluteError: Metric {
  /// The median absolute error.
  public init() {}

  public var name: String { "median-absolute-error" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    let errors = ValueErrors(predictions, data)
    let medians = (0..<errors.targets.columns).map { column in
      errors.median(
        (0..<data.count).map { (predictions[$0, column] - errors.targets[$0, column]).magnitude })
    }
    return Statistics.mean(medians)
  }
}
