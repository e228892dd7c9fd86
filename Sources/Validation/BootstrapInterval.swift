import Components
import Datasets
import Tensors

/// The interval that holds a share of the values that metrics have on examples drawn again, as many as there
/// are, each anew from all of them: the percentile bootstrap (Efron 1979; Efron and Tibshirani 1993, chapter
/// 13).
///
/// It tells how much scores depend on which examples are scored, not on which a network has learned from. An
/// example that is drawn n times has n times its weight.
public struct BootstrapInterval: Sendable, Hashable {
  /// How often examples are drawn.
  public var resamples: Int
  /// The share of values inside the interval.
  public var level: Double

  /// An interval of a level.
  public init(resamples: Int = 1000, level: Double = 0.95) {
    self.resamples = resamples
    self.level = level
  }

  /// The interval of one metric; nil if fewer than two draws have a value.
  public func interval(
    of metric: any Metric, _ predictions: Tensor<Double>, _ data: Dataset, using stream: inout RandomStream
  ) -> ClosedRange<Double>? {
    interval(of: values(of: [metric], predictions, data, using: &stream)[0])
  }

  /// The interval of each metric, of the same draws; nil where fewer than two of them have a value.
  public func intervals(
    of metrics: [any Metric], _ predictions: Tensor<Double>, _ data: Dataset,
    using stream: inout RandomStream
  ) -> [ClosedRange<Double>?] {
    values(of: metrics, predictions, data, using: &stream).map(interval)
  }

  /// The standard deviation of each metric over the draws, with their number less one in the denominator; NaN
  /// where fewer than two of them have a value.
  public func standardErrors(
    of metrics: [any Metric], _ predictions: Tensor<Double>, _ data: Dataset,
    using stream: inout RandomStream
  ) -> [Double] {
    values(of: metrics, predictions, data, using: &stream).map { Statistics.standardDeviation($0) }
  }

  /// The values of each metric, those of draws on which it has none left out.
  ///
  /// Everything else follows from them: whoever wants both intervals and standard errors draws once.
  public func values(
    of metrics: [any Metric], _ predictions: Tensor<Double>, _ data: Dataset,
    using stream: inout RandomStream
  ) -> [[Double]] {
    var values = [[Double]](repeating: [], count: metrics.count)
    guard data.count > 0 else { return values }
    var drawn = data
    for _ in 0..<resamples {
      var weights = [Double](repeating: 0, count: data.count)
      for _ in 0..<data.count {
        let row = stream.integer(below: data.count)
        weights[row] += data.weights?[row] ?? 1
      }
      drawn.weights = weights
      for (index, metric) in metrics.enumerated() {
        let value = metric.value(predictions, drawn)
        if !value.isNaN { values[index].append(value) }
      }
    }
    return values
  }

  /// The percentiles of values at both ends of the interval, linear between neighbors; nil for fewer than two
  /// values.
  public func interval(of values: [Double]) -> ClosedRange<Double>? {
    guard values.count > 1 else { return nil }
    let tail = (1 - level) / 2
    let (low, high) = (Statistics.quantile(values, tail), Statistics.quantile(values, 1 - tail))
    // Between infinite values there is no percentile.
    return low <= high ? low...high : nil
  }
}
