import Datasets
import Search
import Tensors

/// The correlation of true and predicted classes, for more than two by Gorodkin (2004): 1 for a perfect prediction, 0 for
/// guessing; 0 as well where only one class is there or is predicted.
public struct MatthewsCorrelation: Metric {
  /// Matthews' correlation.
  public init() {}

  public var name: String { "matthews-correlation" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    let (truths, predicted, total) = (matrix.truths, matrix.predictions, matrix.total)
    func product(_ first: [Double], _ second: [Double]) -> Double {
      Statistics.sum(zip(first, second).map { $0 * $1 })
    }
    let both = Statistics.sum(matrix.hits) * total - product(truths, predicted)
    let own = total * total - product(predicted, predicted)
    let other = total * total - product(truths, truths)
    guard own > 0, other > 0 else { return 0 }
    return both / (own * other).squareRoot()
  }
}
