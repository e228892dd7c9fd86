import Components
import Datasets
import Search
import Tensors

/// The share of what is taken for a class that is of it: `tp / (tp + fp)`, 0 where nothing is taken for it.
public struct PrecisionMetric: Metric {
  /// How classes are averaged.
  public var average: ClassAverage

  /// The precision.
  public init(average: ClassAverage = .automatic) { self.average = average }

  public var name: String { "precision\(average.suffix)" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  static let component = Component<any Metric>(
    "precision", help: "The share of what is taken for a class that is of it.",
    swift: "PrecisionMetric(average)", parameters: [ClassAverage.parameter]
  ) { PrecisionMetric(average: $0[ClassAverage.parameter]) }

  public func problem(with data: Dataset) -> MetricError? { average.problem(with: data) }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    return average.value(matrix) { hits, _, predictions in predictions > 0 ? hits / predictions : 0 }
  }
}
