import Datasets
import Tensors

/// The features of data as columns.
struct DataColumns {
  /// A feature with its value for each example.
  struct Column {
    var name: String
    var values: [Double]
    var isNumeric: Bool

    /// Whether all values that there are, are equal.
    var isConstant: Bool {
      let present = values.filter { !$0.isNaN }
      return present.allSatisfy { $0 == present[0] }
    }
  }

  /// All features.
  let all: [Column]

  init(_ data: Dataset) {
    let width = data.inputs.columns
    all = (0..<width).map { column in
      let feature = data.features.indices.contains(column) ? data.features[column] : nil
      return Column(
        name: feature?.name ?? "value \(column + 1)",
        values: (0..<data.count).map { data.inputs.elements[$0 * width + column] },
        isNumeric: feature?.categories == nil)
    }
  }

  /// Those that hold numbers.
  var numeric: [Column] { all.filter(\.isNumeric) }

  /// Pearson's correlation; zero if a column does not change.
  static func correlation(_ first: [Double], _ second: [Double]) -> Double {
    let (meanFirst, meanSecond) = (Statistics.mean(first), Statistics.mean(second))
    var (product, squareFirst, squareSecond) = (0.0, 0.0, 0.0)
    for (a, b) in zip(first, second) {
      product += (a - meanFirst) * (b - meanSecond)
      squareFirst += (a - meanFirst) * (a - meanFirst)
      squareSecond += (b - meanSecond) * (b - meanSecond)
    }
    let size = (squareFirst * squareSecond).squareRoot()
    return size > 0 ? product / size : 0
  }

  /// Whether the ranges of values of all classes lie apart from each other.
  static func separates(_ values: [Double], _ classes: [Int], count: Int) -> Bool {
    var ranges = [(low: Double, high: Double)](repeating: (.infinity, -.infinity), count: count)
    for (value, number) in zip(values, classes) {
      ranges[number] = (min(ranges[number].low, value), max(ranges[number].high, value))
    }
    let present = ranges.filter { $0.low <= $0.high }.sorted { $0.low < $1.low }
    return present.count > 1 && zip(present, present.dropFirst()).allSatisfy { $0.high < $1.low }
  }
}
