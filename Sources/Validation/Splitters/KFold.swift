import Datasets
import Tensors

/// k folds of equal size; the first n mod k have one example more (scikit-learn's `KFold`, shuffled unless told not
/// to).
public struct KFold: Splitter, Hashable {
  public var foldCount: Int
  /// Whether the examples are shuffled before.
  public var isShuffled: Bool

  /// k folds.
  public init(_ foldCount: Int = 5, isShuffled: Bool = true) {
    self.foldCount = foldCount
    self.isShuffled = isShuffled
  }

  public func folds(of indices: [Int], classes: [Int]?, using stream: inout RandomStream) -> [[Int]] {
    var order = indices
    if isShuffled { stream.shuffle(&order) }
    var folds: [[Int]] = []
    var start = 0
    for fold in 0..<foldCount {
      let size = order.count / foldCount + (fold < order.count % foldCount ? 1 : 0)
      folds.append(order[start..<start + size].sorted())
      start += size
    }
    return folds
  }
}
