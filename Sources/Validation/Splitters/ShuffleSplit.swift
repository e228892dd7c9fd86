import Datasets
import Tensors

/// Parts that are drawn anew for every split: `⌈test · n⌉` examples are held out, and all others or `⌊training · n⌋` of
/// them are learned from.
public struct ShuffleSplit: Splitter, Hashable {
  /// The number of splits.
  public var splitCount: Int
  /// The share that is held out.
  public var test: Double
  /// The share that is learned from; nil for all others.
  public var training: Double?

  /// Random parts.
  public init(_ splitCount: Int = 10, test: Double = 0.1, training: Double? = nil) {
    self.splitCount = splitCount
    self.test = test
    self.training = training
  }

  public var name: String { "shuffle-split" }
  public var plannedCount: Int? { splitCount }
  public var holdsOutOnce: Bool { splitCount == 1 }
  public var swiftText: String { "ShuffleSplit\(Self.arguments(splitCount, test, training))" }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    let sizes = try SideSizes(splitCount, of: examples.count, test: test, training: training)
    return (0..<splitCount).map { _ in
      var order = examples
      stream.shuffle(&order)
      return Fold(
        training: order[sizes.test..<sizes.test + sizes.training].sorted(),
        held: order[..<sizes.test].sorted())
    }
  }

  /// The arguments of one of the three kinds in Swift.
  static func arguments(_ count: Int, _ test: Double, _ training: Double?) -> String {
    "(\(count), test: \(test)\(training.map { ", training: \($0)" } ?? ""))"
  }
}

/// How many examples, or groups, the two sides of a random split have.
struct SideSizes {
  let test: Int
  let training: Int

  /// The sides of so many; throws if one is empty, if both are more than there are, or if there are no splits or too many.
  init(
    _ splits: Int, of count: Int, test share: Double, training other: Double?
  ) throws(SplitterError) {
    guard (1...LeavePOut.most).contains(splits) else {
      throw .badCount(splitter: "shuffle-split", count: splits, most: LeavePOut.most)
    }
    let shares = [share] + (other.map { [$0] } ?? [])
    guard shares.allSatisfy({ $0 > 0 && $0 < 1 }) else { throw .badFraction(splitter: "shuffle-split") }
    test = Int((share * Double(count)).rounded(.up))
    training = other.map { Int(($0 * Double(count)).rounded(.down)) } ?? count - test
    guard test > 0 else { throw .emptySide(splitter: "shuffle-split", isTest: true) }
    guard training > 0 else { throw .emptySide(splitter: "shuffle-split", isTest: false) }
    guard test + training <= count else {
      throw .oversized(splitter: "shuffle-split", test: test, training: training, found: count)
    }
  }
}
