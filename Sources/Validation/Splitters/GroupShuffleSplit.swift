import Datasets
import Tensors

/// Groups that are drawn anew for every split: what ``ShuffleSplit`` does with examples, done with whole groups.
public struct GroupShuffleSplit: Splitter, Hashable {
  /// The number of splits.
  public var splitCount: Int
  /// The share of the groups that is held out.
  public var test: Double
  /// The share of the groups that is learned from; nil for all others.
  public var training: Double?

  /// Random parts of whole groups.
  public init(_ splitCount: Int = 10, test: Double = 0.1, training: Double? = nil) {
    self.splitCount = splitCount
    self.test = test
    self.training = training
  }

  public var name: String { "shuffle-split" }
  public var plannedCount: Int? { splitCount }
  public var holdsOutOnce: Bool { splitCount == 1 }
  public var swiftText: String { "GroupShuffleSplit\(ShuffleSplit.arguments(splitCount, test, training))" }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    let groups = try ExampleGroups(of: examples, in: data, for: "grouped")
    guard groups.count >= 2 else {
      throw .tooFewGroups(splitter: "grouped", needed: 2, found: groups.count)
    }
    let sizes = try SideSizes(splitCount, of: groups.count, test: test, training: training)
    return (0..<splitCount).map { _ in
      let order = stream.permutation(groups.count)
      return Fold(
        training: groups.examples(of: Array(order[sizes.test..<sizes.test + sizes.training])),
        held: groups.examples(of: Array(order[..<sizes.test])))
    }
  }
}
