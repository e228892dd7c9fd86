import Datasets
import Search
import Tensors

/// The mean squared distance of probabilities from the truth (Brier 1950): over all classes, or for two classes over one of
/// them.
public struct BrierScore: Metric {
  /// Brier's score.
  public init() {}

  public var name: String { "brier-score" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let classes = data.classes, !classes.isEmpty else { return .nan }
    let columns = data.outputCount == 2 ? [1] : Array(0..<data.outputCount)
    var (sum, total) = (0.0, 0.0)
    for (row, truth) in classes.enumerated() {
      var square = 0.0
      for column in columns {
        let distance = predictions[row, column] - (column == truth ? 1 : 0)
        square += distance * distance
      }
      let weight = data.weights?[row] ?? 1
      total += weight
      sum += weight * square
    }
    return sum / total
  }
}
