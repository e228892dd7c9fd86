import Tensors

/// Scores of examples in falling order with what a threshold at each would give.
public struct RankedScores: Sendable {
  /// A threshold: the examples at or above it.
  public struct Step: Sendable, Hashable {
    /// The lowest score that counts.
    public var threshold: Double
    /// How many of the examples are of the class.
    public var hits: Double
    /// How many are not.
    public var misses: Double
  }

  /// The steps, from the highest threshold; equal scores share one.
  public private(set) var steps: [Step] = []
  /// How many examples are of the class.
  public private(set) var positives = 0.0
  /// How many are not.
  public private(set) var negatives = 0.0

  /// Scores with whether each example is of the class, and how much it counts.
  ///
  /// Scores that are no numbers and examples of weight 0 are left out.
  public init(_ scores: [Double], _ isPositive: [Bool], weights: [Double]? = nil) {
    let order = scores.indices.filter { !scores[$0].isNaN && weights?[$0] != 0 }
      .sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
    for index in order {
      let weight = weights?[index] ?? 1
      if isPositive[index] { positives += weight } else { negatives += weight }
      let step = Step(threshold: scores[index], hits: positives, misses: negatives)
      if steps.last?.threshold == step.threshold {
        steps[steps.count - 1] = step
      } else {
        steps.append(step)
      }
    }
  }

  /// The points of the receiver operating characteristic, from (0, 0) to (1, 1).
  public var characteristic: (x: [Double], y: [Double]) {
    guard positives > 0, negatives > 0 else { return ([], []) }
    return ([0] + steps.map { $0.misses / negatives }, [0] + steps.map { $0.hits / positives })
  }

  /// The area below the characteristic, by trapezoids; NaN unless there are examples of both kinds.
  public var area: Double {
    guard positives > 0, negatives > 0 else { return .nan }
    var sum = 0.0
    var last = Step(threshold: .infinity, hits: 0, misses: 0)
    for step in steps {
      sum += (step.misses - last.misses) * (step.hits + last.hits)
      last = step
    }
    return sum / (2 * positives * negatives)
  }

  /// Recall and precision at each threshold.
  public var precisionRecall: (recall: [Double], precision: [Double]) {
    guard positives > 0 else { return ([], []) }
    return (steps.map { $0.hits / positives }, steps.map { $0.hits / ($0.hits + $0.misses) })
  }

  /// The mean precision, weighted by the gain in recall, without interpolation; NaN if no example is of the
  /// class.
  public var averagePrecision: Double {
    guard positives > 0 else { return .nan }
    var sum = 0.0
    var last = 0.0
    for step in steps {
      sum += (step.hits - last) * (step.hits / (step.hits + step.misses))
      last = step.hits
    }
    return sum / positives
  }
}
