import Datasets
import Tensors

/// `Σ w x / Σ w`, added up in the order of the examples; NaN without any weight.
///
/// What has no weight is left out, whatever its value. With weights of one the bits are those of the plain
/// mean.
struct WeightedMean {
  /// The sum of the values, each times its weight.
  private(set) var sum = 0.0
  /// The sum of the weights.
  private(set) var weight = 0.0

  /// Adds a value.
  mutating func add(_ value: Double, weight: Double) {
    guard weight != 0 else { return }
    sum += weight * value
    self.weight += weight
  }

  /// The mean of what has been added.
  var value: Double { sum / weight }
}

extension Dataset {
  /// How much an example counts.
  func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  /// The mean over examples of a number that each has.
  func weightedMean(_ value: (_ row: Int) -> Double) -> Double { weighted(value).value }

  /// The sum over examples of a number that each has, times their weights.
  func weightedSum(_ value: (_ row: Int) -> Double) -> Double { weighted(value).sum }

  private func weighted(_ value: (_ row: Int) -> Double) -> WeightedMean {
    var mean = WeightedMean()
    for row in 0..<count { mean.add(value(row), weight: weight(row)) }
    return mean
  }

  /// The mean over examples and targets of what a target and its prediction give.
  func weightedMean(
    of predictions: Tensor<Double>, _ value: (_ target: Double, _ prediction: Double) -> Double
  ) -> Double {
    let targets = targetValues
    guard predictions.columns == targets.columns, predictions.rows == targets.rows else { return .nan }
    var mean = WeightedMean()
    for row in 0..<targets.rows {
      let weight = weight(row)
      for column in 0..<targets.columns {
        mean.add(value(targets[row, column], predictions[row, column]), weight: weight)
      }
    }
    return mean.value
  }

  /// The mean over targets of a score that each has alone.
  ///
  /// The score is computed from the targets and predictions of a column.
  func meanOverTargets(
    _ predictions: Tensor<Double>, _ score: (_ targets: [Double], _ predictions: [Double]) -> Double
  ) -> Double {
    let targets = targetValues
    guard predictions.columns == targets.columns, predictions.rows == targets.rows else { return .nan }
    return Statistics.mean(
      (0..<targets.columns).map { column in
        score(
          (0..<targets.rows).map { targets[$0, column] }, (0..<targets.rows).map { predictions[$0, column] })
      })
  }
}
