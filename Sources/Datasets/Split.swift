import Components
import Tensors

/// How the examples are divided: a test part that is scored once at the end, and of what is left a validation part
/// that training may look at.
public struct Split: Sendable, Hashable {
  /// The fraction of all examples that is kept for the test; nil for none.
  public var test: Double?
  /// The fraction of the rest that is kept for validation; nil for none.
  public var validation: Double?
  /// Whether every part has its share of every class.
  public var isStratified: Bool
  /// Whether the examples are drawn at random; otherwise the last ones are kept.
  public var isShuffled: Bool
  /// Whether the replicas of a fit share their validation part.
  public var mask: Mask

  /// Which fits share a validation part.
  public enum Mask: String, NamedChoice {
    /// All of them.
    case shared
    /// None: each replica of a closure test has its own (Ball and others 2015, NNPDF 3.0).
    case perReplica = "per-replica"
  }

  /// A division by fractions.
  public init(
    test: Double? = nil, validation: Double? = nil, isStratified: Bool = false, isShuffled: Bool = true,
    mask: Mask = .shared
  ) {
    self.test = test
    self.validation = validation
    self.isStratified = isStratified
    self.isShuffled = isShuffled
    self.mask = mask
  }

  /// The examples kept of `indices`, and the others, both in rising order.
  ///
  /// Counts round half up; strata share them by the largest remainder, ties to the lower class.
  public static func keep(
    _ fraction: Double, of indices: [Int], classes: [Int]?, isShuffled: Bool, using stream: inout RandomStream
  ) -> (kept: [Int], rest: [Int]) {
    let wanted = Int((fraction * Double(indices.count) + 0.5).rounded(.down))
    var kept: Set<Int> = []
    if let classes {
      let strata = strata(of: indices, classes)
      let quotas = quotas(wanted, among: strata.map(\.count))
      for (stratum, quota) in zip(strata, quotas) {
        kept.formUnion(last(quota, of: stratum, isShuffled, &stream))
      }
    } else {
      kept.formUnion(last(wanted, of: indices, isShuffled, &stream))
    }
    return (indices.filter { kept.contains($0) }, indices.filter { !kept.contains($0) })
  }

  private static func last(
    _ count: Int, of indices: [Int], _ isShuffled: Bool, _ stream: inout RandomStream
  ) -> ArraySlice<Int> {
    var order = indices
    if isShuffled { stream.shuffle(&order) }
    return order.suffix(count)
  }

  /// The indices of each class, in the order of the classes.
  public static func strata(of indices: [Int], _ classes: [Int]) -> [[Int]] {
    var strata = [[Int]](repeating: [], count: (indices.map { classes[$0] }.max() ?? -1) + 1)
    for index in indices { strata[classes[index]].append(index) }
    return strata.filter { !$0.isEmpty }
  }

  /// A total shared in proportion to counts, by the largest remainder, ties to the first.
  public static func quotas(_ total: Int, among counts: [Int]) -> [Int] {
    let sum = max(counts.reduce(0, +), 1)
    // Whole numbers only: products of counts decide ties exactly.
    var quotas = counts.map { total * $0 / sum }
    let remainders = counts.map { total * $0 % sum }
    let order = counts.indices.sorted { (-remainders[$0], $0) < (-remainders[$1], $1) }
    for index in order.prefix(total - quotas.reduce(0, +)) { quotas[index] += 1 }
    return quotas
  }
}
