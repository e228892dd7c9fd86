import Components
import Datasets
import Search
import Tensors

/// `1 − Σ (y − ŷ)² / Σ (y − ȳ)²`, the mean over the outputs: 1 for a perfect prediction, 0 for the mean.
public struct R2: Metric {
  /// The coefficient of determination.
  public init() {}

  static let component = Component<any Metric>(
    "r2", help: "The share of the targets' variance that is explained.", swift: "R2()"
  ) { _ in R2() }

  public var name: String { "r2" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.meanOverTargets(predictions) { targets, predictions in
      let mean = data.weightedMean { targets[$0] }
      // Nothing is explained where there is nothing.
      if mean.isNaN { return .nan }
      let total = data.weightedSum { (targets[$0] - mean) * (targets[$0] - mean) }
      let rest = data.weightedSum { row in
        (targets[row] - predictions[row]) * (targets[row] - predictions[row])
      }
      return Self.explained(total: total, rest: rest)
    }
  }

  /// The share of a total that is no rest.
  ///
  /// A constant target is either met exactly or not explained at all (scikit-learn's convention).
  static func explained(total: Double, rest: Double) -> Double {
    if rest.isNaN || total.isNaN { return .nan }
    return total > 0 ? 1 - rest / total : rest == 0 ? 1 : 0
  }
}
