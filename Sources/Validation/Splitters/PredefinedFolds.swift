import Components
import Datasets
import Tensors

/// Folds with names, each of some groups of the data; groups that no fold names are always learned from.
public struct PredefinedFolds: Splitter, Hashable {
  /// A fold.
  public struct Member: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// The names of its groups.
    public var groups: [String]
    /// How much it counts in the mean over folds.
    public var weight: Double

    /// A fold of some groups.
    public init(_ name: String, groups: [String], weight: Double = 1) {
      self.name = name
      self.groups = groups
      self.weight = weight
    }
  }

  /// The folds in their order.
  public var members: [Member]

  /// Folds of groups.
  public init(_ members: [Member]) { self.members = members }

  public var name: String { "folds" }
  public var plannedCount: Int? { members.count }
  public var holdsOutOnce: Bool { true }
  public var swiftText: String {
    let texts = members.map { member in
      let weight = member.weight == 1 ? "" : ", weight: \(member.weight)"
      return ".init(\(member.name.debugDescription), groups: \(member.groups)\(weight))"
    }
    return "PredefinedFolds([\(texts.joined(separator: ", "))])"
  }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    guard let numbers = data.groups else { throw .needsGroups(splitter: name) }
    let names = data.groupNames ?? (0...(numbers.max() ?? 0)).map { "\($0)" }
    var owner = [Int?](repeating: nil, count: names.count)
    for (index, member) in members.enumerated() {
      for group in member.groups {
        guard let number = Self.number(of: group, among: names) else {
          throw .unknownGroup(name: group, known: names)
        }
        if let other = owner[number] {
          throw .groupTwice(name: group, first: members[other].name, second: member.name)
        }
        owner[number] = index
      }
    }
    var folds: [Fold] = []
    for (index, member) in members.enumerated() {
      let held = examples.filter { owner[numbers[$0]] == index }
      let fold = Fold(held: held, of: examples, weight: member.weight, name: member.name)
      guard !held.isEmpty, fold.trainingCount > 0 else {
        throw .emptyFold(name: member.name, isTest: held.isEmpty)
      }
      folds.append(fold)
    }
    return folds
  }

  /// The number of a group by its name; numbers are the same however they are written.
  private static func number(of group: String, among names: [String]) -> Int? {
    if let number = names.firstIndex(of: group) { return number }
    guard let value = CoreSchema.number(group) else { return nil }
    return names.firstIndex { CoreSchema.number($0) == value }
  }
}
