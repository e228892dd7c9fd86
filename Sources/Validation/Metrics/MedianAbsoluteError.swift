import Components
import Datasets
import Search
import Tensors

/// The median of the absolute differences over examples, the mean of that over the outputs.
///
/// With weights the median is where half the weight lies on either side, the middle of two differences if it
/// lies between them (the averaged inverse of the distribution, Hyndman and Fan 1996, type 2).
public struct MedianAbsoluteError: Metric {
  /// The median absolute error.
  public init() {}

  static let component = Component<any Metric>(
    "median-absolute-error", help: "The median of the absolute errors, which outliers do not move.",
    swift: "MedianAbsoluteError()"
  ) { _ in MedianAbsoluteError() }

  public var name: String { "median-absolute-error" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.meanOverTargets(predictions) { targets, predictions in
      let rows = targets.indices.filter { data.weight($0) != 0 }
      return Self.median(
        rows.map { (predictions[$0] - targets[$0]).magnitude }, weights: rows.map { data.weight($0) })
    }
  }

  private static func median(_ values: [Double], weights: [Double]) -> Double {
    guard !values.contains(where: \.isNaN) else { return .nan }
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    let half = Statistics.sum(order.map { weights[$0] }) / 2
    var below = 0.0
    for (place, index) in order.enumerated() {
      below += weights[index]
      guard below >= half else { continue }
      // Sums of weights are equal up to their rounding.
      guard below - half <= .ulpOfOne, place + 1 < order.count else { return values[index] }
      return (values[index] + values[order[place + 1]]) / 2
    }
    return .nan
  }
}
