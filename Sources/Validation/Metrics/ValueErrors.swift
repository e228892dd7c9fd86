import Datasets
import Tensors

/// Predictions of values with their targets and weights, a column a target.
struct ValueErrors {
  let predictions: Tensor<Double>
  let targets: Tensor<Double>
  let weights: [Double]

  init(_ predictions: Tensor<Double>, _ data: Dataset) {
    self.predictions = predictions
    targets = data.targetValues
    weights = data.weights ?? [Double](repeating: 1, count: data.count)
  }

  /// The weighted mean of a function of prediction and target over examples, for each target.
  func means(_ function: (Double, Double) -> Double) -> [Double] {
    let total = Statistics.sum(weights)
    return (0..<targets.columns).map { column in
      var sum = 0.0
      for row in 0..<targets.rows {
        sum += weights[row] * function(predictions[row, column], targets[row, column])
      }
      return sum / total
    }
  }

  /// The same as the mean over targets.
  func mean(_ function: (Double, Double) -> Double) -> Double { Statistics.mean(means(function)) }

  /// The value below which half of the weight of a column lies, the mean of both neighbors where it falls between them.
  func median(_ values: [Double]) -> Double {
    guard !values.isEmpty, !values.contains(where: \.isNaN) else { return .nan }
    let order = values.indices.filter { weights[$0] > 0 }.sorted { (values[$0], $0) < (values[$1], $1) }
    let half = Statistics.sum(order.map { weights[$0] }) / 2
    var sum = 0.0
    for (place, index) in order.enumerated() {
      sum += weights[index]
      if sum > half { return values[index] }
      if sum == half, place + 1 < order.count { return (values[index] + values[order[place + 1]]) / 2 }
    }
    return order.last.map { values[$0] } ?? .nan
  }
}

/// What is left of a share: 1 where nothing is left and 0 where something is left of nothing, as in scikit-learn.
func explainedShare(rest: Double, of total: Double) -> Double {
  total > 0 ? 1 - rest / total : rest == 0 ? 1 : rest.isNaN ? .nan : 0
}
