import Datasets
import Search
import Tensors

/// The share of examples whose largest score is that of their class; ties go to the lower class.
public struct Accuracy: Metric {
  /// The accuracy.
  public init() {}

  public var name: String { "accuracy" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    return Statistics.sum(matrix.hits) / matrix.total
  }
}
