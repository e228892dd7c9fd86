import Datasets
import Tensors

/// As many folds as examples, each of a single one, in their order.
public struct LeaveOneOut: Splitter, Hashable {
  /// Every example by itself.
  public init() {}

  public var name: String { "leave-one-out" }
  public var plannedCount: Int? { nil }
  public var holdsOutOnce: Bool { true }
  public var swiftText: String { "LeaveOneOut()" }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    guard examples.count >= 2 else {
      throw .tooFewExamples(splitter: name, needed: 2, found: examples.count)
    }
    return examples.map { Fold(held: [$0], of: examples) }
  }
}
