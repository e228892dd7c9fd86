import Datasets
import Tensors

/// Folds within folds: a search of its own looks at the inner folds of every outer training side, and what it finds is
/// scored on the outer held-out side (Varma and Simon 2006).
///
/// The score of a choice on the folds that it was made by is too good; that on the outer folds is not.
public struct NestedSplitter: Splitter {
  /// The folds that score.
  public var outer: any Splitter
  /// The folds that a search looks at.
  public var inner: any Splitter

  /// Folds within folds.
  public init(outer: any Splitter = KFold(5), inner: any Splitter = KFold(3)) {
    self.outer = outer
    self.inner = inner
  }

  public var name: String { "nested" }
  public var plannedCount: Int? { outer.plannedCount }
  public var holdsOutOnce: Bool { outer.holdsOutOnce }
  public var keepsOrder: Bool { outer.keepsOrder && inner.keepsOrder }
  public var swiftText: String {
    "NestedSplitter(outer: \(outer.swiftText), inner: \(inner.swiftText))"
  }

  /// The outer folds.
  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    try outer.folds(of: examples, in: data, using: &stream)
  }
}
