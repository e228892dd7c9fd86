import Components
import Datasets
import Search
import Tensors

/// The mean over examples of `Σ (p − y)²` over the classes, y being 1 for the example's class and 0 for
/// others; half of that if there are two, which is `(p − y)²` of the second class (Brier 1950).
public struct BrierScore: Metric {
  /// The score.
  public init() {}

  static let component = Component<any Metric>(
    "brier-score", help: "The mean squared error of the probabilities.", swift: "BrierScore()"
  ) { _ in BrierScore() }

  public var name: String { "brier-score" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let truth = data.classes, ConfusionMatrix.predictedClasses(predictions, data) != nil else {
      return .nan
    }
    let mean = data.weightedMean { row in
      var sum = 0.0
      for column in 0..<predictions.columns {
        let difference = predictions[row, column] - (column == truth[row] ? 1 : 0)
        sum += difference * difference
      }
      return sum
    }
    return predictions.columns == 2 ? mean / 2 : mean
  }
}
