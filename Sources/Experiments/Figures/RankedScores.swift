/// Scores of examples in falling order with what a threshold at each would give.
struct RankedScores {
  /// A threshold: the examples at or above it.
  struct Step {
    var threshold: Double
    /// How many of them are of the class.
    var hits: Double
    /// How many are not.
    var misses: Double
  }

  /// The steps, from the highest threshold; equal scores share one.
  private(set) var steps: [Step] = []
  /// How many examples are of the class.
  private(set) var positives = 0.0
  /// How many are not.
  private(set) var negatives = 0.0

  /// Scores with whether each example is of the class; scores that are no numbers are left out.
  init(_ scores: [Double], _ isPositive: [Bool]) {
    let order = zip(scores, isPositive).filter { !$0.0.isNaN }.enumerated().sorted {
      $0.element.0 == $1.element.0 ? $0.offset < $1.offset : $0.element.0 > $1.element.0
    }.map(\.element)
    for (score, isHit) in order {
      if isHit { positives += 1 } else { negatives += 1 }
      if let last = steps.last, last.threshold == score {
        steps[steps.count - 1].hits = positives
        steps[steps.count - 1].misses = negatives
      } else {
        steps.append(Step(threshold: score, hits: positives, misses: negatives))
      }
    }
  }

  /// The points of the receiver operating characteristic, from (0, 0) to (1, 1).
  var characteristic: (x: [Double], y: [Double]) {
    guard positives > 0, negatives > 0 else { return ([], []) }
    return ([0] + steps.map { $0.misses / negatives }, [0] + steps.map { $0.hits / positives })
  }

  /// The area below the characteristic, by trapezoids.
  var area: Double {
    let (x, y) = characteristic
    guard x.count > 1 else { return .nan }
    var sum = 0.0
    for index in 1..<x.count { sum += (x[index] - x[index - 1]) * (y[index] + y[index - 1]) / 2 }
    return sum
  }

  /// Recall and precision at each threshold.
  var precisionRecall: (recall: [Double], precision: [Double]) {
    guard positives > 0 else { return ([], []) }
    return (steps.map { $0.hits / positives }, steps.map { $0.hits / ($0.hits + $0.misses) })
  }

  /// The mean precision, weighted by the gain in recall, as scikit-learn has it.
  var averagePrecision: Double {
    let (recall, precision) = precisionRecall
    guard !recall.isEmpty else { return .nan }
    var sum = 0.0
    var last = 0.0
    for (recall, precision) in zip(recall, precision) {
      sum += (recall - last) * precision
      last = recall
    }
    return sum
  }
}

/// A curve at a place, linear between its points; of several points at one place the last holds.
func interpolated(_ x: [Double], _ y: [Double], at place: Double) -> Double {
  guard let first = x.first, let last = y.last, !y.isEmpty else { return .nan }
  if place < first { return y[0] }
  guard let index = x.lastIndex(where: { $0 <= place }), index + 1 < min(x.count, y.count) else {
    return last
  }
  let width = x[index + 1] - x[index]
  let share = width > 0 ? (place - x[index]) / width : 0
  return y[index] + share * (y[index + 1] - y[index])
}
