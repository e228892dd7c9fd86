import Datasets
import Search
import Tensors

/// `1 − Σ (y − ŷ)² / Σ (y − ȳ)²`, the mean over the targets: 1 for a perfect prediction, 0 for the mean.
public struct R2: Metric {
  /// The coefficient of determination.
  public init() {}

  public var name: String { "r2" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    let errors = ValueErrors(predictions, data)
    let weights = errors.weights
    let scores = (0..<errors.targets.columns).map { column in
      let targets = (0..<data.count).map { errors.targets[$0, column] }
      let mean = Statistics.sum(zip(targets, weights).map { $0 * $1 }) / Statistics.sum(weights)
      var (rest, total) = (0.0, 0.0)
      for (row, target) in targets.enumerated() {
        let difference = target - predictions[row, column]
        rest += weights[row] * (difference * difference)
        total += weights[row] * ((target - mean) * (target - mean))
      }
      return explainedShare(rest: rest, of: total)
    }
    return Statistics.mean(scores)
  }
}
