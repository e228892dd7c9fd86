import Datasets
import Tensors

/// k folds that divide no group: the largest groups first, each into the fold that has the fewest examples yet.
///
/// Groups of equal size come in random order, or in that of their values if nothing is shuffled.
public struct GroupKFold: Splitter, Hashable {
  /// The number of folds.
  public var foldCount: Int
  /// Whether groups of equal size are shuffled before.
  public var isShuffled: Bool

  /// k folds of whole groups.
  public init(_ foldCount: Int = 5, isShuffled: Bool = true) {
    self.foldCount = foldCount
    self.isShuffled = isShuffled
  }

  public var name: String { "k-fold" }
  public var plannedCount: Int? { foldCount }
  public var holdsOutOnce: Bool { true }
  public var swiftText: String { "GroupKFold(\(foldCount)\(isShuffled ? "" : ", isShuffled: false"))" }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    let groups = try ExampleGroups(of: examples, in: data, for: "grouped")
    guard foldCount >= 2, groups.count >= foldCount else {
      throw .tooFewGroups(splitter: "grouped", needed: max(foldCount, 2), found: groups.count)
    }
    var order = Array(0..<groups.count)
    if isShuffled { stream.shuffle(&order) }
    let ranked = order.enumerated().sorted { first, second in
      let sizes = (groups.members[first.element].count, groups.members[second.element].count)
      return sizes.0 == sizes.1 ? first.offset < second.offset : sizes.0 > sizes.1
    }
    var sizes = [Int](repeating: 0, count: foldCount)
    var places = [[Int]](repeating: [], count: foldCount)
    for (_, group) in ranked {
      let lightest = sizes.indices.min { (sizes[$0], $0) < (sizes[$1], $1) } ?? 0
      sizes[lightest] += groups.members[group].count
      places[lightest].append(group)
    }
    return places.map { Fold(held: groups.examples(of: $0), of: examples) }
  }
}
