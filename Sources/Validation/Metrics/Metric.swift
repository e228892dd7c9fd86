import Components
import Datasets
import Search
import Tensors

/// A score of predictions against targets, computed in Double.
///
/// Examples count by the weights of the data: one of weight 2 counts as two equal ones, one of weight 0 as
/// none.
public protocol Metric: Sendable {
  /// The name in results: that in recipes, with what sets it apart from the same metric with default
  /// parameters.
  var name: String { get }
  /// Whether it scores classes; otherwise values.
  var takesClasses: Bool { get }
  /// Whether large or small values are good.
  var direction: Direction { get }
  /// Whether it needs examples that are windows of a series.
  var needsSeries: Bool { get }
  /// Whether it needs to know the errors of the targets.
  var needsErrors: Bool { get }
  /// The fewest examples that it means anything for: 2 for what compares examples with each other.
  var leastExamples: Int { get }
  /// Why there is no such score of these data; nil if there is one.
  func problem(with data: Dataset) -> MetricError?
  /// The score of predictions: examples × classes, the probability of each class, or examples × targets.
  ///
  /// NaN where predictions are NaN, as those of a network that has diverged are, and where the score is not
  /// defined.
  func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double
}

extension Metric {
  public var needsSeries: Bool { false }
  public var needsErrors: Bool { false }
  public var leastExamples: Int { 1 }

  public func problem(with data: Dataset) -> MetricError? { requirement(of: data) }

  /// What the data lack of what the metric says that it needs.
  func requirement(of data: Dataset) -> MetricError? {
    if takesClasses != (data.classes != nil) {
      return takesClasses ? .needsClasses(metric: name) : .needsValues(metric: name)
    }
    if needsSeries, data.series == nil { return .needsSeries(metric: name) }
    if needsErrors, data.errorsOfTargets == nil { return .needsErrors(metric: name) }
    return nil
  }
}

/// All metrics: what `evaluate: […]` can name.
public enum Metrics {
  /// The metrics by name.
  public static let catalog = Catalog<any Metric>("metric", ofClasses + ofValues)

  private static let ofClasses: [Component<any Metric>] = [
    Accuracy.component, BalancedAccuracy.component, TopKAccuracy.component, PrecisionScore.component,
    RecallScore.component, FScore.balanced, FScore.component, MatthewsCorrelation.component,
    CohenKappa.component, LogLoss.component, BrierScore.component, AreaUnderROC.component,
    AveragePrecision.component,
  ]

  private static let ofValues: [Component<any Metric>] = [
    MeanSquaredErrorMetric.component, RootMeanSquaredError.component, MeanAbsoluteErrorMetric.component,
    MedianAbsoluteError.component, R2.component, ExplainedVariance.component, MaxError.component,
    MeanAbsolutePercentageError.component, QuantileLoss.component, ChiSquaredMetric.component,
    PullMean.component, PullDeviation.component, Skill.component,
  ]

  /// The metrics that are computed when a recipe names none.
  public static func standard(forClasses: Bool) -> [any Metric] {
    forClasses ? [Accuracy()] : [MeanSquaredErrorMetric(), R2()]
  }
}
