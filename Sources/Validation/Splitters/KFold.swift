import Datasets
import Tensors

/// k folds of equal size; the first n mod k have one example more (scikit-learn's `KFold`, shuffled unless told not
/// to).
public struct KFold: Splitter, Hashable {
  /// The number of folds.
  public var foldCount: Int
  /// Whether the examples are shuffled before.
  public var isShuffled: Bool

  /// k folds.
  public init(_ foldCount: Int = 5, isShuffled: Bool = true) {
    self.foldCount = foldCount
    self.isShuffled = isShuffled
  }

  public var name: String { "k-fold" }
  public var plannedCount: Int? { foldCount }
  public var holdsOutOnce: Bool { true }
  public var swiftText: String { "KFold(\(foldCount)\(isShuffled ? "" : ", isShuffled: false"))" }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    let needed = max(foldCount, 2)
    guard foldCount >= 2, examples.count >= needed else {
      throw .tooFewExamples(splitter: name, needed: needed, found: examples.count)
    }
    var order = examples
    if isShuffled { stream.shuffle(&order) }
    var folds: [Fold] = []
    var start = 0
    for fold in 0..<foldCount {
      let size = order.count / foldCount + (fold < order.count % foldCount ? 1 : 0)
      folds.append(Fold(held: order[start..<start + size].sorted(), of: examples))
      start += size
    }
    return folds
  }
}
