import Datasets
import Tensors

/// k folds with the share of every class that the whole has: the examples of each class are dealt out in turn, each
/// class beginning where the one before it ended, so that fold sizes differ by one at most.
public struct StratifiedKFold: Splitter, Hashable {
  /// The number of folds.
  public var foldCount: Int
  /// Whether the examples are shuffled before.
  public var isShuffled: Bool

  /// k folds with equal shares of the classes.
  public init(_ foldCount: Int = 5, isShuffled: Bool = true) {
    self.foldCount = foldCount
    self.isShuffled = isShuffled
  }

  public var name: String { "k-fold" }
  public var plannedCount: Int? { foldCount }
  public var holdsOutOnce: Bool { true }
  public var swiftText: String { "StratifiedKFold(\(foldCount)\(isShuffled ? "" : ", isShuffled: false"))" }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    let strata = try Self.strata(of: examples, in: data, folds: foldCount)
    var folds = [[Int]](repeating: [], count: foldCount)
    var next = 0
    for var stratum in strata {
      if isShuffled { stream.shuffle(&stratum) }
      for example in stratum {
        folds[next].append(example)
        next = (next + 1) % foldCount
      }
    }
    return folds.map { Fold(held: $0.sorted(), of: examples) }
  }

  /// The examples of each class; throws if the targets are numbers, or if a class is smaller than the number of folds.
  static func strata(
    of examples: [Int], in data: Dataset, folds: Int
  ) throws(SplitterError) -> [[Int]] {
    guard let classes = data.classes else { throw .needsClasses }
    let needed = max(folds, 2)
    guard folds >= 2, examples.count >= needed else {
      throw .tooFewExamples(splitter: "k-fold", needed: needed, found: examples.count)
    }
    let strata = Split.strata(of: examples, classes)
    for stratum in strata where stratum.count < folds {
      let name = data.classNames?[classes[stratum[0]]] ?? ""
      throw .smallClass(name: name, examples: stratum.count, folds: folds)
    }
    return strata
  }
}
