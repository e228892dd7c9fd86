import Datasets
import Search
import Tensors

/// `1 − Var(y − ŷ) / Var(y)`, the mean over the targets: R² but for a common shift of all predictions.
public struct ExplainedVariance: Metric {
  /// The explained variance.
  public init() {}

  public var name: String { "explained-variance" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    let errors = ValueErrors(predictions, data)
    let total = Statistics.sum(errors.weights)
    func variance(_ values: [Double]) -> Double {
      let mean = Statistics.sum(zip(values, errors.weights).map { $0 * $1 }) / total
      return Statistics.sum(zip(values, errors.weights).map { ($0 - mean) * ($0 - mean) * $1 }) / total
    }
    let scores = (0..<errors.targets.columns).map { column in
      let targets = (0..<data.count).map { errors.targets[$0, column] }
      let rest = variance(targets.enumerated().map { $1 - predictions[$0, column] })
      return explainedShare(rest: rest, of: variance(targets))
    }
    return Statistics.mean(scores)
  }
}
