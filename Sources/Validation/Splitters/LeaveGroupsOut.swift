import Datasets
import Tensors

/// Every choice of p of the data's groups is held out once, in the order of their values (scikit-learn's
/// `LeavePGroupsOut`).
public struct LeaveGroupsOut: Splitter, Hashable {
  /// How many groups are held out at a time.
  public var count: Int

  /// Choices of `count` groups.
  public init(_ count: Int = 1) { self.count = count }

  public var name: String { "leave-groups-out" }
  public var plannedCount: Int? { nil }
  public var holdsOutOnce: Bool { count == 1 }
  public var swiftText: String { "LeaveGroupsOut(\(count))" }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    let groups = try ExampleGroups(of: examples, in: data, for: name)
    guard count >= 1, groups.count > count else {
      throw .tooFewGroups(splitter: name, needed: count + 1, found: groups.count)
    }
    let splits = Subsets.count(of: groups.count, size: count)
    guard let splits, splits <= LeavePOut.most else {
      throw .tooManySplits(splitter: name, count: splits, most: LeavePOut.most)
    }
    return Subsets.all(of: groups.count, size: count).map { choice in
      let names = choice.compactMap { data.groupNames?[groups.numbers[$0]] }
      return Fold(
        held: groups.examples(of: choice), of: examples,
        name: names.count == choice.count ? names.joined(separator: ", ") : nil)
    }
  }
}
