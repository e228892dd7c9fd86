import Datasets
import Search
import Tensors

/// The precision averaged over the gain in recall, `Σ (Rₙ − Rₙ₋₁) Pₙ`, of the second of two classes, else the mean over
/// the classes, each against all others; 0 for a class without examples.
public struct AveragePrecision: Metric {
  /// The average precision.
  public init() {}

  public var name: String { "average-precision" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let classes = data.classes, !classes.isEmpty else { return .nan }
    let weights = data.weights ?? [Double](repeating: 1, count: classes.count)
    let wanted = data.outputCount == 2 ? [1] : Array(0..<data.outputCount)
    let values = wanted.map { number in
      RankedExamples(
        classes.indices.map { predictions[$0, number] }, isPositive: classes.map { $0 == number },
        weights: weights)?.averagePrecision ?? .nan
    }
    return Statistics.mean(values)
  }
}
