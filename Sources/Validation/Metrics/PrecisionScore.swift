import Components
import Datasets
import Search
import Tensors

/// The share of the examples predicted as a class that are of it; 0 if none is predicted so.
public struct PrecisionScore: Metric {
  /// How classes are averaged.
  public var average: ClassAverage

  /// The precision.
  public init(average: ClassAverage = .automatic) { self.average = average }

  static let component = Component<any Metric>(
    "precision", help: "The share of the examples predicted as a class that are of it.",
    swift: "PrecisionScore(average)", parameters: [ClassAverage.parameter]
  ) { PrecisionScore(average: $0[ClassAverage.parameter]) }

  public var name: String { "precision" + average.suffix }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  public func problem(with data: Dataset) -> MetricError? {
    requirement(of: data) ?? average.problem(of: name, with: data)
  }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    ConfusionMatrix(predictions, data)?.average(average) { ($0.hits, $0.predicted) } ?? .nan
  }
}
