import Components
import Datasets
import Search
import Tensors

/// `Σ (Rₙ − Rₙ₋₁) Pₙ` over the thresholds from the highest, with the recall R and the precision P of each:
/// the area under the curve of precision and recall, as steps.
///
/// That of the second class of two, the mean of each class against all others for more; 0 for a class without
/// examples.
public struct AveragePrecision: Metric {
  /// The average precision.
  public init() {}

  static let component = Component<any Metric>(
    "average-precision", help: "The mean precision over all thresholds, by the gain in recall.",
    swift: "AveragePrecision()"
  ) { _ in AveragePrecision() }

  public var name: String { "average-precision" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let truth = data.classes, ConfusionMatrix.predictedClasses(predictions, data) != nil,
      data.weightedSum({ _ in 1 }) != 0
    else { return .nan }
    func precision(_ number: Int) -> Double {
      let ranked = RankedScores(
        truth.indices.map { predictions[$0, number] }, truth.map { $0 == number }, weights: data.weights)
      return ranked.positives > 0 ? ranked.averagePrecision : 0
    }
    return predictions.columns == 2
      ? precision(1) : Statistics.mean((0..<predictions.columns).map(precision))
  }
}
