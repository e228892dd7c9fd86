import Datasets
import Tensors

/// How far a score of examples could be off: the same score of as many examples drawn with replacement, many times (Efron
/// 1979).
public struct BootstrapInterval: Sendable, Hashable {
  /// How often examples are drawn.
  public var resamples: Int
  /// The share of the draws that the interval holds.
  public var level: Double

  /// Intervals between percentiles.
  public init(resamples: Int = 1000, level: Double = 0.95) {
    self.resamples = resamples
    self.level = level
  }

  /// The interval of each metric, or nil where less than two draws have a value.
  ///
  /// All metrics see the same draws; those in which one has no value, such as an area without a class, are left out of it.
  public func intervals(
    of metrics: [any Metric], _ predictions: Tensor<Double>, _ data: Dataset,
    using stream: inout RandomStream
  ) -> [ClosedRange<Double>?] {
    guard data.count > 1 else { return metrics.map { _ in nil } }
    var values = [[Double]](repeating: [], count: metrics.count)
    for _ in 0..<resamples {
      let indices = (0..<data.count).map { _ in stream.integer(below: data.count) }
      let (part, rows) = (data.subset(indices), predictions.rows(indices))
      for (index, metric) in metrics.enumerated() {
        let value = metric.value(rows, part)
        if value.isFinite { values[index].append(value) }
      }
    }
    let rest = (1 - level) / 2
    return values.map { values in
      values.count < 2
        ? nil : Statistics.quantile(values, rest)...Statistics.quantile(values, 1 - rest)
    }
  }
}
