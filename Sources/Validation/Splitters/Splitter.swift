import Components
import Datasets
import Tensors

/// Divides examples into folds: each is held out once while a model learns from the others.
public protocol Splitter: Sendable {
  /// How many folds there are.
  var foldCount: Int { get }
  /// The held-out examples of each fold, in rising order; together they are all examples, each once.
  func folds(of indices: [Int], classes: [Int]?, using stream: inout RandomStream) -> [[Int]]
}
