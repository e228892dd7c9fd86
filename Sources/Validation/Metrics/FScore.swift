import Components
import Datasets
import Search
import Tensors

/// The harmonic mean of precision P and recall R, recall counting β times as much: `(1 + β²) P R / (β² P +
/// R)` (van Rijsbergen 1979); 0 for a class that is neither there nor predicted.
public struct FScore: Metric {
  /// How much recall counts against precision.
  public var beta: Double
  /// How classes are averaged.
  public var average: ClassAverage

  /// The score of a β; that of 1 is F1.
  public init(beta: Double = 2, average: ClassAverage = .automatic) {
    self.beta = beta
    self.average = average
  }

  private static let betaParameter = Parameter<Double>(
    "beta", default: 2, "above 0 and finite", help: "How much recall counts against precision."
  ) { $0 > 0 && $0.isFinite }
  static let component = Component<any Metric>(
    "f-beta", help: "As f1, with recall counting beta times as much as precision.",
    swift: "FScore(beta, average)", parameters: [betaParameter, ClassAverage.parameter]
  ) { FScore(beta: $0[betaParameter], average: $0[ClassAverage.parameter]) }
  /// The score in which both count the same.
  static let balanced = Component<any Metric>(
    "f1", help: "The harmonic mean of precision and recall.", swift: "FScore(beta: 1, average)",
    parameters: [ClassAverage.parameter]
  ) { FScore(beta: 1, average: $0[ClassAverage.parameter]) }

  public var name: String { "f\(beta.recipeText)" + average.suffix }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  public func problem(with data: Dataset) -> MetricError? {
    requirement(of: data) ?? average.problem(of: name, with: data)
  }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    let square = beta * beta
    return ConfusionMatrix(predictions, data)?.average(average) { counts in
      ((1 + square) * counts.hits, square * counts.truth + counts.predicted)
    } ?? .nan
  }
}
