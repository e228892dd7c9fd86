import Tensors

/// Examples in falling order of a score: how much weight of a class and of the others lies at or above each threshold.
struct RankedExamples {
  /// The weight of the class above each distinct score.
  private(set) var hits: [Double] = []
  /// The weight of the others.
  private(set) var misses: [Double] = []

  /// Ranks scores; nil if one is no number.
  init?(_ scores: [Double], isPositive: [Bool], weights: [Double]) {
    guard !scores.contains(where: \.isNaN) else { return nil }
    let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    var (hit, miss) = (0.0, 0.0)
    for (place, index) in order.enumerated() {
      if isPositive[index] { hit += weights[index] } else { miss += weights[index] }
      // Equal scores are one threshold.
      if place + 1 < order.count, scores[order[place + 1]] == scores[index] { continue }
      hits.append(hit)
      misses.append(miss)
    }
  }

  /// The area below the receiver operating characteristic, by trapezoids; NaN without examples of both kinds.
  var area: Double {
    guard let positives = hits.last, let negatives = misses.last, positives > 0, negatives > 0 else {
      return .nan
    }
    var (area, lastHit, lastMiss) = (0.0, 0.0, 0.0)
    for (hit, miss) in zip(hits, misses) {
      area += (miss - lastMiss) * (hit + lastHit) / 2
      (lastHit, lastMiss) = (hit, miss)
    }
    return area / (positives * negatives)
  }

  /// The mean precision weighted by the gain in recall; 0 without examples of the class.
  var averagePrecision: Double {
    guard let positives = hits.last, positives > 0 else { return 0 }
    var (sum, last) = (0.0, 0.0)
    for (hit, miss) in zip(hits, misses) where hit + miss > 0 {
      sum += (hit - last) / positives * (hit / (hit + miss))
      last = hit
    }
    return sum
  }
}
