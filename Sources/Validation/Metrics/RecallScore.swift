import Components
import Datasets
import Search
import Tensors

/// The share of the examples of a class that are predicted as such; 0 if there are none.
public struct RecallScore: Metric {
  /// How classes are averaged.
  public var average: ClassAverage

  /// The recall.
  public init(average: ClassAverage = .automatic) { self.average = average }

  static let component = Component<any Metric>(
    "recall", help: "The share of the examples of a class that are predicted as such.",
    swift: "RecallScore(average)", parameters: [ClassAverage.parameter]
  ) { RecallScore(average: $0[ClassAverage.parameter]) }

  public var name: String { "recall" + average.suffix }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  public func problem(with data: Dataset) -> MetricError? {
    requirement(of: data) ?? average.problem(of: name, with: data)
  }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    ConfusionMatrix(predictions, data)?.average(average) { ($0.hits, $0.truth) } ?? .nan
  }
}
