import Components
import Datasets
import Search
import Tensors

/// `1 − Var(y − ŷ) / Var(y)`, the mean over the outputs: as R², but an error that all predictions share costs
/// nothing.
public struct ExplainedVariance: Metric {
  /// The explained variance.
  public init() {}

  static let component = Component<any Metric>(
    "explained-variance", help: "As r2, but blind to an error that all predictions share.",
    swift: "ExplainedVariance()"
  ) { _ in ExplainedVariance() }

  public var name: String { "explained-variance" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.meanOverTargets(predictions) { targets, predictions in
      R2.explained(
        total: data.variance { targets[$0] }, rest: data.variance { targets[$0] - predictions[$0] })
    }
  }
}

extension Dataset {
  /// The mean squared distance from the mean of a number that each example has.
  func variance(_ value: (_ row: Int) -> Double) -> Double {
    let center = weightedMean(value)
    return weightedMean { (value($0) - center) * (value($0) - center) }
  }
}
