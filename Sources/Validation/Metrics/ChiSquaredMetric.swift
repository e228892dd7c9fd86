import Components
import Datasets
import Search
import Tensors

/// The mean of `((ŷ − y) / σ)²` over examples and outputs, around 1 for predictions that are wrong by nothing
/// but the noise; with a covariance C of the examples `dᵀ C⁻¹ d / N` for their differences d = ŷ − y, the
/// mean over the outputs.
///
/// Weights w stand for measurements that are more precise: d is multiplied by √w, and N is their sum.
public struct ChiSquaredMetric: Metric {
  /// χ² per point.
  public init() {}

  static let component = Component<any Metric>(
    "chi2", help: "The mean squared error in units of the data's errors or covariance.",
    swift: "ChiSquaredMetric()"
  ) { _ in ChiSquaredMetric() }

  public var name: String { "chi2" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }
  public var needsErrors: Bool { true }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard data.classes == nil else { return .nan }
    guard let covariance = data.covariance else {
      guard let errors = data.errors else { return .nan }
      return data.meanOverTargets(predictions) { targets, predictions in
        data.weightedMean { row in
          let pull = (predictions[row] - targets[row]) / errors[row]
          return pull * pull
        }
      }
    }
    guard covariance.rows == data.count, let lower = Cholesky(covariance)?.lower else { return .nan }
    let total = data.weightedSum { _ in 1 }
    return data.meanOverTargets(predictions) { targets, predictions in
      let differences = targets.indices.map { row in
        let weight = data.weight(row)
        return weight == 0 ? 0 : weight.squareRoot() * (predictions[row] - targets[row])
      }
      return Self.squaredLength(of: differences, in: lower) / total
    }
  }

  /// `|L⁻¹ d|²`, by forward substitution.
  private static func squaredLength(of differences: [Double], in lower: Tensor<Double>) -> Double {
    var white = differences
    var sum = 0.0
    for row in white.indices {
      for column in 0..<row { white[row] -= lower[row, column] * white[column] }
      white[row] /= lower[row, row]
      sum += white[row] * white[row]
    }
    return sum
  }
}
