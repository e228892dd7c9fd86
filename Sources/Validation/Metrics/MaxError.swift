import Components
import Datasets
import Search
import Tensors

/// The largest absolute difference of all examples and outputs.
///
/// Weights do not change it, but examples of weight 0 are left out.
public struct MaxError: Metric {
  /// The largest error.
  public init() {}

  static let component = Component<any Metric>(
    "max-error", help: "The largest absolute error.", swift: "MaxError()"
  ) { _ in MaxError() }

  public var name: String { "max-error" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    let targets = data.targetValues
    guard predictions.columns == targets.columns, predictions.rows == targets.rows else { return .nan }
    var largest = -Double.infinity
    for row in 0..<targets.rows where data.weight(row) != 0 {
      for column in 0..<targets.columns {
        let error = (predictions[row, column] - targets[row, column]).magnitude
        if error.isNaN { return .nan }
        largest = max(largest, error)
      }
    }
    return largest < 0 ? .nan : largest
  }
}
