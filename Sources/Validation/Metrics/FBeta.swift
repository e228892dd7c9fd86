import Components
import Datasets
import Search
import Tensors

/// The harmonic mean of precision and recall, of which recall counts β times as much (van Rijsbergen 1979):
/// `(1 + β²) tp / ((1 + β²) tp + β² fn + fp)`, 0 where nothing is found or sought.
public struct FBeta: Metric {
  /// β.
  public var beta: Double
  /// How classes are averaged.
  public var average: ClassAverage

  /// The F-score; F₁ counts both the same.
  public init(beta: Double = 1, average: ClassAverage = .automatic) {
    self.beta = beta
    self.average = average
  }

  public var name: String { "f\(beta.recipeText)\(average.suffix)" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  private static let betaParameter = Parameter<Double>(
    "beta", default: 2, "above 0 and finite", help: "How many times as much recall counts as precision."
  ) { $0 > 0 && $0.isFinite }
  static let component = Component<any Metric>(
    "f-beta", help: "The weighted harmonic mean of precision and recall.", swift: "FBeta(beta, average)",
    parameters: [betaParameter, ClassAverage.parameter]
  ) { FBeta(beta: $0[betaParameter], average: $0[ClassAverage.parameter]) }
  static let f1 = Component<any Metric>(
    "f1", help: "The harmonic mean of precision and recall.", swift: "FBeta(average)",
    parameters: [ClassAverage.parameter]
  ) { FBeta(average: $0[ClassAverage.parameter]) }

  public func problem(with data: Dataset) -> MetricError? { average.problem(with: data) }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    let square = beta * beta
    return average.value(matrix) { hits, truths, predictions in
      let whole = square * truths + predictions
      return whole > 0 ? (1 + square) * hits / whole : 0
    }
  }
}
