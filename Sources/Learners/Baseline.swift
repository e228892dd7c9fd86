import Components
import Datasets
import Tensors

/// Predicts the mean of the targets, or the shares of the classes, whatever the features: what every model has to beat
/// (scikit-learn's `DummyRegressor` and `DummyClassifier` with the strategy `prior`).
public struct Baseline: Learner, Hashable {
  /// The baseline.
  public init() {}

  public var name: String { "baseline" }

  static let component = Component<any Learner>(
    "baseline", help: "The mean of the targets, or the shares of the classes.", swift: "Baseline()"
  ) { _ in Baseline() }

  public func fit(_ data: Dataset) -> any FittedLearner {
    let targets = data.targetValues
    let weights = data.weights ?? [Double](repeating: 1, count: data.count)
    let total = Statistics.sum(weights)
    return Constant(
      outputs: (0..<targets.columns).map { column in
        Statistics.sum((0..<data.count).map { weights[$0] * targets[$0, column] }) / total
      })
  }

  private struct Constant: FittedLearner {
    let outputs: [Double]

    var parameterCount: Int { outputs.count }

    func predict(_ inputs: Tensor<Double>) -> Tensor<Double> {
      Tensor((0..<inputs.rows).flatMap { _ in outputs }, shape: [inputs.rows, outputs.count])
    }
  }
}
