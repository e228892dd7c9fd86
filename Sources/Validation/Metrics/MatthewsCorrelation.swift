import Components
import Datasets
import Search
import Tensors

/// The correlation of the true and the predicted classes: 1 for perfect predictions, around 0 for guesses,
/// and 0 if all examples have one class or are predicted as one (Gorodkin 2004).
///
/// `(h n − t·p) / √((n² − p·p) (n² − t·t))` with h hits of n examples, t true and p predicted numbers of the
/// classes.
public struct MatthewsCorrelation: Metric {
  /// The correlation.
  public init() {}

  static let component = Component<any Metric>(
    "matthews-correlation", help: "The correlation of true and predicted classes.",
    swift: "MatthewsCorrelation()"
  ) { _ in MatthewsCorrelation() }

  public var name: String { "matthews-correlation" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    let (truth, predicted, total) = (matrix.truthTotals, matrix.predictedTotals, matrix.total)
    guard total != 0 else { return .nan }
    func product(_ first: [Double], _ second: [Double]) -> Double {
      Statistics.sum(zip(first, second).map { $0 * $1 })
    }
    let covariance = Statistics.sum(matrix.hits) * total - product(truth, predicted)
    let variances =
      (total * total - product(predicted, predicted)) * (total * total - product(truth, truth))
    return variances > 0 ? covariance / variances.squareRoot() : 0
  }
}
