import Datasets
import Tensors

/// k folds that divide no group and have, as far as groups allow, the share of every class that the whole has.
///
/// Groups whose classes are most uneven come first. Each goes into the fold where the shares of the classes then differ
/// least between folds, by the mean of their standard deviations; of equally good folds into the one with the fewest
/// examples (scikit-learn's `StratifiedGroupKFold`). Groups that are equally uneven come in random order, or in that of
/// their values if nothing is shuffled.
public struct StratifiedGroupKFold: Splitter, Hashable {
  /// The number of folds.
  public var foldCount: Int
  /// Whether groups are shuffled before.
  public var isShuffled: Bool

  /// k folds of whole groups with similar shares of the classes.
  public init(_ foldCount: Int = 5, isShuffled: Bool = true) {
    self.foldCount = foldCount
    self.isShuffled = isShuffled
  }

  public var name: String { "k-fold" }
  public var plannedCount: Int? { foldCount }
  public var holdsOutOnce: Bool { true }
  public var swiftText: String {
    "StratifiedGroupKFold(\(foldCount)\(isShuffled ? "" : ", isShuffled: false"))"
  }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    let strata = try StratifiedKFold.strata(of: examples, in: data, folds: foldCount)
    let groups = try ExampleGroups(of: examples, in: data, for: "grouped")
    guard groups.count >= foldCount else {
      throw .tooFewGroups(splitter: "grouped", needed: foldCount, found: groups.count)
    }
    let classes = data.classes ?? []
    let present = strata.map { classes[$0[0]] }
    let counts = groups.members.map { members in
      present.map { number in members.count { classes[$0] == number } }
    }
    var order = Array(0..<groups.count)
    if isShuffled { stream.shuffle(&order) }
    let spreads = counts.map(Self.spread)
    let ranked = order.enumerated().sorted { first, second in
      let (a, b) = (spreads[first.element], spreads[second.element])
      return a == b ? first.offset < second.offset : a > b
    }
    var balance = FoldBalance(folds: foldCount, totals: strata.map(\.count))
    var places = [[Int]](repeating: [], count: foldCount)
    for (_, group) in ranked {
      let fold = balance.bestFold(for: counts[group])
      balance.add(counts[group], to: fold)
      places[fold].append(group)
    }
    return places.map { Fold(held: groups.examples(of: $0), of: examples) }
  }

  /// The variance of whole numbers times the square of how many there are, which needs no rounding.
  private static func spread(_ counts: [Int]) -> Int {
    let sum = counts.reduce(0, +)
    return counts.count * counts.reduce(0) { $0 + $1 * $1 } - sum * sum
  }
}

/// How many examples of each class the folds have so far.
private struct FoldBalance {
  private var counts: [[Int]]
  private let totals: [Int]

  init(folds: Int, totals: [Int]) {
    counts = [[Int]](repeating: [Int](repeating: 0, count: totals.count), count: folds)
    self.totals = totals
  }

  mutating func add(_ added: [Int], to fold: Int) {
    for index in added.indices { counts[fold][index] += added[index] }
  }

  /// The fold that a group of such counts fits best.
  func bestFold(for added: [Int]) -> Int {
    var best = (fold: 0, imbalance: Double.infinity, size: Int.max)
    for fold in counts.indices {
      let (imbalance, size) = (imbalance(adding: added, to: fold), counts[fold].reduce(0, +))
      // Sums of rounded shares are as good as equal within a hundred thousandth.
      let isEqual = (imbalance - best.imbalance).magnitude <= 1e-8 + 1e-5 * best.imbalance.magnitude
      if imbalance < best.imbalance || isEqual && size < best.size { best = (fold, imbalance, size) }
    }
    return best.fold
  }

  /// The mean over the classes of the standard deviation of their shares over the folds.
  private func imbalance(adding added: [Int], to fold: Int) -> Double {
    let deviations = totals.indices.map { index in
      let shares = counts.indices.map { other in
        Double(counts[other][index] + (other == fold ? added[index] : 0)) / Double(totals[index])
      }
      return Statistics.standardDeviation(shares, correction: 0)
    }
    return Statistics.mean(deviations)
  }
}
