import Datasets
import Tensors

/// Splits in the order of the examples: each holds out the next `⌊n / (splits + 1)⌋` of them and learns from all earlier
/// ones (scikit-learn's `TimeSeriesSplit`).
///
/// Of windows of a series, none that reaches into the held-out side is learned from.
public struct TimeSeriesSplit: Splitter, Hashable {
  /// The number of splits.
  public var splitCount: Int
  /// How many examples are left out between the two sides.
  public var gap: Int
  /// The most examples that are learned from, the last ones; nil for all.
  public var maxTrainSize: Int?
  /// How many examples a split holds out; nil for an equal share.
  public var testSize: Int?

  /// Splits in time.
  public init(_ splitCount: Int = 5, gap: Int = 0, maxTrainSize: Int? = nil, testSize: Int? = nil) {
    self.splitCount = splitCount
    self.gap = gap
    self.maxTrainSize = maxTrainSize
    self.testSize = testSize
  }

  public var name: String { "time-series" }
  public var plannedCount: Int? { splitCount }
  public var holdsOutOnce: Bool { true }
  public var keepsOrder: Bool { true }
  public var swiftText: String {
    let options: [(String, Int?)] = [
      ("gap", gap == 0 ? nil : gap), ("maxTrainSize", maxTrainSize), ("testSize", testSize),
    ]
    let texts = options.compactMap { name, value in value.map { ", \(name): \($0)" } }
    return "TimeSeriesSplit(\(splitCount)\(texts.joined()))"
  }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    let count = examples.count
    let size = testSize ?? count / (splitCount + 1)
    let tooShort = SplitterError.tooShort(splits: splitCount, test: max(size, 1), gap: gap, found: count)
    // Numbers beyond the examples are ruled out first: their product could be too large.
    guard size > 0, splitCount > 0, splitCount <= count, size <= count, gap >= 0, gap <= count,
      count - gap - size * splitCount > 0
    else { throw tooShort }
    var folds: [Fold] = []
    for split in 0..<splitCount {
      let start = count - (splitCount - split) * size
      let held = Array(examples[start..<start + size])
      let earlier = Self.before(held, Array(examples[..<(start - gap)]), in: data)
      guard !earlier.isEmpty else { throw tooShort }
      folds.append(Fold(training: maxTrainSize.map { earlier.suffix($0) } ?? earlier, held: held))
    }
    return folds
  }

  /// The windows of a series that end before held-out ones begin; other examples are all kept.
  private static func before(_ held: [Int], _ earlier: [Int], in data: Dataset) -> [Int] {
    guard let series = data.series, let first = held.map({ series.starts[$0] }).min() else { return earlier }
    return earlier.filter { series.starts[$0] + series.window + series.horizon <= first }
  }
}
