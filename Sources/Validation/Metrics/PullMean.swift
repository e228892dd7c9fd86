import Components
import Datasets
import Search
import Tensors

/// The mean of the pulls `(ŷ − y) / σ` over examples and outputs: 0 for predictions without a bias.
///
/// It is best near 0, on either side: what it says is read, not made small or large.
public struct PullMean: Metric {
  /// The mean pull.
  public init() {}

  static let component = Component<any Metric>(
    "pull-mean", help: "The mean error in units of the data's errors, near 0 without a bias.",
    swift: "PullMean()"
  ) { _ in PullMean() }

  public var name: String { "pull-mean" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }
  public var needsErrors: Bool { true }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.pulls(of: predictions)?.mean ?? .nan
  }
}

extension Dataset {
  /// The standard deviation of each example's targets, if they or their covariance are known.
  var errorsOfTargets: [Double]? {
    errors ?? covariance.map { covariance in (0..<covariance.rows).map { covariance[$0, $0].squareRoot() } }
  }

  /// The mean of `(ŷ − y) / σ` and the root of its mean squared distance from there; nil without errors.
  func pulls(of predictions: Tensor<Double>) -> (mean: Double, deviation: Double)? {
    let targets = targetValues
    guard classes == nil, let errors = errorsOfTargets, errors.count == targets.rows,
      predictions.columns == targets.columns, predictions.rows == targets.rows
    else { return nil }
    func mean(_ value: (_ pull: Double) -> Double) -> Double {
      var mean = WeightedMean()
      for row in 0..<targets.rows {
        for column in 0..<targets.columns {
          let pull = (predictions[row, column] - targets[row, column]) / errors[row]
          mean.add(value(pull), weight: weight(row))
        }
      }
      return mean.value
    }
    let center = mean { $0 }
    return (center, mean { ($0 - center) * ($0 - center) }.squareRoot())
  }
}
