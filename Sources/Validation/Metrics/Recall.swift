import Components
import Datasets
import Search
import Tensors

/// The share of a class that is taken for it: `tp / (tp + fn)`, 0 for a class without examples.
public struct Recall: Metric {
  /// How classes are averaged.
  public var average: ClassAverage

  /// The recall.
  public init(average: ClassAverage = .automatic) { self.average = average }

  public var name: String { "recall\(average.suffix)" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  static let component = Component<any Metric>(
    "recall", help: "The share of a class that is taken for it.", swift: "Recall(average)",
    parameters: [ClassAverage.parameter]
  ) { Recall(average: $0[ClassAverage.parameter]) }

  public func problem(with data: Dataset) -> MetricError? { average.problem(with: data) }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    return average.value(matrix) { hits, truths, _ in truths > 0 ? hits / truths : 0 }
  }
}
