import Datasets
import Search
import Tensors

/// The largest distance of all examples and targets, whatever their weights.
public struct MaximumError: Metric {
  /// The largest error.
  public init() {}

  public var name: String { "max-error" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    let distances = zip(predictions.elements, data.targetValues.elements).map { ($0 - $1).magnitude }
    guard !distances.contains(where: \.isNaN) else { return .nan }
    return distances.max() ?? .nan
  }
}
