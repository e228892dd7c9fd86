import Datasets
import Search
import Tensors

/// The mean of `−ln p` over the probabilities of the true classes, which are kept away from 0 and 1 by the precision of
/// numbers, 2⁻⁵².
public struct LogLoss: Metric {
  /// The logarithmic loss.
  public init() {}

  public var name: String { "log-loss" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let classes = data.classes, !classes.isEmpty else { return .nan }
    var (sum, total) = (0.0, 0.0)
    for (row, truth) in classes.enumerated() {
      let probability = predictions[row, truth]
      guard !probability.isNaN else { return .nan }
      let weight = data.weights?[row] ?? 1
      total += weight
      sum -= weight * Double.log(min(max(probability, 0x1p-52), 1 - 0x1p-52))
    }
    return sum / total
  }
}
