import Components
import Datasets
import Search
import Tensors

/// `√(mean of (ŷ − y)²)` over examples, the mean of that over the outputs.
public struct RootMeanSquaredError: Metric {
  /// The root of the mean squared error.
  public init() {}

  static let component = Component<any Metric>(
    "rmse", help: "The root of the mean squared error of each target, in its unit.",
    swift: "RootMeanSquaredError()"
  ) { _ in RootMeanSquaredError() }

  public var name: String { "rmse" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.meanOverTargets(predictions) { targets, predictions in
      data.weightedMean { row in
        (predictions[row] - targets[row]) * (predictions[row] - targets[row])
      }.squareRoot()
    }
  }
}
