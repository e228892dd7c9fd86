import Datasets
import Tensors

/// k folds with the share of every class that the whole has: the examples of each class are dealt out in turn, each
/// class beginning where the one before it ended, so that fold sizes differ by one at most.
public struct StratifiedKFold: Splitter, Hashable {
  public var foldCount: Int
  /// Whether the examples are shuffled before.
  public var isShuffled: Bool

  /// k folds with equal shares of the classes.
  public init(_ foldCount: Int = 5, isShuffled: Bool = true) {
    self.foldCount = foldCount
    self.isShuffled = isShuffled
  }

  public func folds(of indices: [Int], classes: [Int]?, using stream: inout RandomStream) -> [[Int]] {
    guard let classes else {
      return KFold(foldCount, isShuffled: isShuffled).folds(of: indices, classes: nil, using: &stream)
    }
    var folds = [[Int]](repeating: [], count: foldCount)
    var next = 0
    for var stratum in Split.strata(of: indices, classes) {
      if isShuffled { stream.shuffle(&stratum) }
      for index in stratum {
        folds[next].append(index)
        next = (next + 1) % foldCount
      }
    }
    return folds.map { $0.sorted() }
  }
}
