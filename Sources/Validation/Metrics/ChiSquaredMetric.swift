import Datasets
import Search
import Tensors

/// `χ² / N = (ŷ − y)ᵀ C⁻¹ (ŷ − y) / N` with the covariance of the targets, or with the squares of their errors where they do
/// not move together: about one where errors explain the differences.
public struct ChiSquaredMetric: Metric {
  /// χ² per point.
  public init() {}

  public var name: String { "chi2" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }
  public var needsErrors: Bool { true }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    let differences = zip(predictions.elements, data.targetValues.elements).map { $0 - $1 }
    if let covariance = data.covariance {
      guard let lower = Cholesky(covariance)?.lower else { return .nan }
      var whitened = differences
      for row in whitened.indices {
        for column in 0..<row { whitened[row] -= lower[row, column] * whitened[column] }
        whitened[row] /= lower[row, row]
      }
      return Statistics.mean(whitened.map { $0 * $0 })
    }
    guard let errors = data.errors, errors.count == differences.count else { return .nan }
    let weights = data.weights ?? [Double](repeating: 1, count: errors.count)
    var (sum, total) = (0.0, 0.0)
    for (index, difference) in differences.enumerated() {
      let pull = difference / errors[index]
      sum += weights[index] * (pull * pull)
      total += weights[index]
    }
    return sum / total
  }
}
