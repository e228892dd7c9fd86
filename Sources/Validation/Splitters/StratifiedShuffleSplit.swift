import Datasets
import Tensors

/// Parts that are drawn anew for every split, both with the share of every class that the whole has; sizes are those of
/// ``ShuffleSplit``, and classes share them by the largest remainder.
public struct StratifiedShuffleSplit: Splitter, Hashable {
  /// The number of splits.
  public var splitCount: Int
  /// The share that is held out.
  public var test: Double
  /// The share that is learned from; nil for all others.
  public var training: Double?

  /// Random parts with equal shares of the classes.
  public init(_ splitCount: Int = 10, test: Double = 0.1, training: Double? = nil) {
    self.splitCount = splitCount
    self.test = test
    self.training = training
  }

  public var name: String { "shuffle-split" }
  public var plannedCount: Int? { splitCount }
  public var holdsOutOnce: Bool { splitCount == 1 }
  public var swiftText: String {
    "StratifiedShuffleSplit\(ShuffleSplit.arguments(splitCount, test, training))"
  }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    let strata = try StratifiedKFold.strata(of: examples, in: data, folds: 2)
    let sizes = try SideSizes(splitCount, of: examples.count, test: test, training: training)
    for (size, isTest) in [(sizes.test, true), (sizes.training, false)] where size < strata.count {
      throw .fewerThanClasses(isTest: isTest, examples: size, classes: strata.count)
    }
    let counts = strata.map(\.count)
    let held = Split.quotas(sizes.test, among: counts)
    let learned = Split.quotas(sizes.training, among: zip(counts, held).map { $0 - $1 })
    return (0..<splitCount).map { _ in
      var (test, training): ([Int], [Int]) = ([], [])
      for (index, stratum) in strata.enumerated() {
        var order = stratum
        stream.shuffle(&order)
        test += order[..<held[index]]
        training += order[held[index]..<held[index] + learned[index]]
      }
      return Fold(training: training.sorted(), held: test.sorted())
    }
  }
}
