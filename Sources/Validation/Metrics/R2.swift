import Datasets
import Search
import Tensors

/// `1 − Σ (y − ŷ)² / Σ (y − ȳ)²`, the mean over the outputs: 1 for a perfect prediction, 0 for the mean.
public struct R2: Metric {
  /// The coefficient of determination.
  public init() {}

  public var name: String { "r2" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    let targets = data.targetValues
    let scores = (0..<targets.columns).map { column in
      let values = (0..<targets.rows).map { targets[$0, column] }
      let mean = Statistics.mean(values)
      let total = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let rest = (0..<targets.rows).reduce(0) { sum, row in
        let difference = targets[row, column] - predictions[row, column]
        return sum + difference * difference
      }
      // A constant target is either met exactly or not explained at all (scikit-learn's convention).
      return total > 0 ? 1 - rest / total : rest == 0 ? 1 : 0
    }
    return Statistics.mean(scores)
  }
}
