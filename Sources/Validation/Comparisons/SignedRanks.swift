import Tensors

/// Wilcoxon's signed-rank test (1945): whether differences lie around zero.
///
/// Differences of zero are left out; equal ones share the mean of their ranks.
struct SignedRanks {
  /// The sum of the ranks of the positive differences.
  let positive: Double
  private let ranks: [Double]

  init(_ differences: [Double]) {
    let kept = differences.filter { $0 != 0 }
    let order = kept.indices.sorted { (kept[$0].magnitude, $0) < (kept[$1].magnitude, $1) }
    var ranks = [Double](repeating: 0, count: kept.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, kept[order[end + 1]].magnitude == kept[order[start]].magnitude { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    self.ranks = ranks
    positive = zip(kept, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
  }

  /// The two-sided p-value: exact for up to 50 differences that are not zero, otherwise by the normal distribution with
  /// the variance corrected for ties.
  var pValue: Double {
    guard !ranks.isEmpty else { return 1 }
    return ranks.count <= 50 ? exact : normal
  }

  private var total: Double { ranks.reduce(0, +) }

  /// How many of the 2ⁿ ways to give signs have each sum, by adding one rank after the other.
  private var exact: Double {
    // Ranks that ties share are halves: twice a rank is whole.
    let doubled = ranks.map { Int(2 * $0) }
    let most = doubled.reduce(0, +)
    var ways = [Double](repeating: 0, count: most + 1)
    ways[0] = 1
    for rank in doubled {
      for sum in stride(from: most, through: rank, by: -1) { ways[sum] += ways[sum - rank] }
    }
    let smaller = Int(2 * min(positive, total - positive))
    let tail = ways[...smaller].reduce(0, +)
    let all = ways.reduce(0, +)
    return min(1, 2 * tail / all)
  }

  private var normal: Double {
    let mean = total / 2
    // Half the ranks' squares, which is n(n + 1)(2n + 1)/24 less the correction for ties.
    let variance = ranks.reduce(0) { $0 + $1 * $1 } / 4
    guard variance > 0 else { return 1 }
    let z = (positive - mean).magnitude / variance.squareRoot()
    return 1 - Double.erf(z / (2.0).squareRoot())
  }
}
