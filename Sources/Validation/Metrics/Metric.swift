import Components
import Datasets
import Search
import Tensors

/// A score of predictions against targets, computed in Double.
///
/// Examples count by their weights where data have some.
public protocol Metric: Sendable {
  /// The name in results: that of the catalog, with what was given beside it.
  var name: String { get }
  /// Whether it scores classes; otherwise values.
  var takesClasses: Bool { get }
  /// Whether large or small values are good.
  var direction: Direction { get }
  /// Whether it needs examples that are windows of a series.
  var needsSeries: Bool { get }
  /// Whether it needs the errors of targets.
  var needsErrors: Bool { get }
  /// The fewest examples that it means anything for: 2 for what compares examples with each other.
  var leastExamples: Int { get }
  /// What keeps it from scoring such data; nil for nothing.
  func problem(with data: Dataset) -> MetricError?
  /// The score of predictions: values, examples × targets, or probabilities, examples × classes.
  func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double
}

extension Metric {
  public var needsSeries: Bool { false }
  public var needsErrors: Bool { false }
  public var leastExamples: Int { 1 }
  public func problem(with data: Dataset) -> MetricError? {
    needsErrors && data.errors == nil && data.covariance == nil ? .noErrors(metric: name) : nil
  }
}

/// All metrics: what `evaluate: […]` can name.
public enum Metrics {
  /// The metrics by name.
  public static let catalog = Catalog<any Metric>("metric", ofClasses + ofValues)

  private static let ofClasses: [Component<any Metric>] = [
    Component("accuracy", help: "The share of examples whose class is predicted.", swift: "Accuracy()") { _ in
      Accuracy()
    },
    BalancedAccuracy.component, TopKAccuracy.component, PrecisionMetric.component, Recall.component, FBeta.f1,
    FBeta.component,
    Component(
      "matthews-correlation", help: "The correlation of true and predicted classes.",
      swift: "MatthewsCorrelation()"
    ) { _ in MatthewsCorrelation() },
    CohenKappa.component,
    Component("log-loss", help: "The cross-entropy of probabilities.", swift: "LogLoss()") { _ in LogLoss() },
    Component(
      "brier-score", help: "The squared distance of probabilities from the truth.", swift: "BrierScore()"
    ) { _ in BrierScore() },
    ROCArea.component,
    Component(
      "average-precision", help: "The precision averaged over the gain in recall.",
      swift: "AveragePrecision()"
    ) { _ in AveragePrecision() },
  ]

  private static let ofValues: [Component<any Metric>] = [
    Component("mse", help: "The mean squared error.", swift: "MeanSquaredErrorMetric()") { _ in
      MeanSquaredErrorMetric()
    },
    Component("rmse", help: "The root of the mean squared error.", swift: "RootMeanSquaredError()") { _ in
      RootMeanSquaredError()
    },
    Component("mae", help: "The mean absolute error.", swift: "MeanAbsoluteErrorMetric()") { _ in
      MeanAbsoluteErrorMetric()
    },
    Component(
      "median-absolute-error", help: "The median of the absolute errors.", swift: "MedianAbsoluteError()"
    ) { _ in MedianAbsoluteError() },
    Component("r2", help: "The share of the targets' variance that is explained.", swift: "R2()") { _ in R2()
    },
    Component(
      "explained-variance", help: "The same, whatever shift all predictions share.",
      swift: "ExplainedVariance()"
    ) { _ in ExplainedVariance() },
    Component("max-error", help: "The largest absolute error.", swift: "MaximumError()") { _ in
      MaximumError()
    },
    Component(
      "mape", help: "The mean absolute error as a fraction of the target.",
      swift: "MeanAbsolutePercentageError()"
    ) { _ in MeanAbsolutePercentageError() },
    QuantileLoss.component,
    Component("chi2", help: "Chi-squared per point, by errors or covariance.", swift: "ChiSquaredMetric()") {
      _ in ChiSquaredMetric()
    },
    Component("pull-mean", help: "The mean difference in units of errors.", swift: "Pull(.mean)") { _ in
      Pull(.mean)
    },
    Component(
      "pull-deviation", help: "The spread of differences in units of errors.", swift: "Pull(.deviation)"
    ) { _ in Pull(.deviation) },
    Component(
      "skill", help: "What a forecast of a series gains over its last known value.", swift: "Skill()"
    ) { _ in Skill() },
  ]

  /// The metrics that are computed when a recipe names none.
  public static func standard(forClasses: Bool) -> [any Metric] {
    forClasses ? [Accuracy()] : [MeanSquaredErrorMetric(), R2()]
  }
}
