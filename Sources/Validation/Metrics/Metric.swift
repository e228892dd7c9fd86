import Components
import Datasets
import Search
import Tensors

/// A score of predictions against targets, computed in Double.
public protocol Metric: Sendable {
  /// The name in recipes and results.
  var name: String { get }
  /// Whether it scores classes; otherwise values.
  var takesClasses: Bool { get }
  /// Whether large or small values are good.
  var direction: Direction { get }
  /// Whether it needs examples that are windows of a series.
  var needsSeries: Bool { get }
  /// The fewest examples that it means anything for: 2 for what compares examples with each other.
  var leastExamples: Int { get }
  /// The score of predictions (examples × outputs; logits or probabilities for classes).
  func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double
}

extension Metric {
  public var needsSeries: Bool { false }
  public var leastExamples: Int { 1 }
}

/// All metrics: what `evaluate: […]` can name.
public enum Metrics {
  /// The metrics by name.
  public static let catalog = Catalog<any Metric>(
    "metric",
    [
      Component("accuracy", help: "The share of examples whose class is predicted.", swift: "Accuracy()") {
        _ in Accuracy()
      },
      Component("mse", help: "The mean squared error.", swift: "MeanSquaredErrorMetric()") { _ in
        MeanSquaredErrorMetric()
      },
      Component("r2", help: "The share of the targets' variance that is explained.", swift: "R2()") { _ in
        R2()
      },
      Component(
        "skill", help: "What a forecast of a series gains over its last known value.", swift: "Skill()"
      ) { _ in Skill()
      },
    ])

  /// The metrics that are computed when a recipe names none.
  public static func standard(forClasses: Bool) -> [any Metric] {
    forClasses ? [Accuracy()] : [MeanSquaredErrorMetric(), R2()]
  }
}
