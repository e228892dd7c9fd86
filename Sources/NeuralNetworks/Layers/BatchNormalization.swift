import Autodiff
import Components
import Tensors

/// Shifts and scales every feature to mean 0 and variance 1 over the batch (and all positions), then by a gain and an
/// offset that are trained (Ioffe and Szegedy 2015); prediction uses running means of both.
///
/// Features lie along the last axis. Variances are divided by the count, in the running mean too; momentum and epsilon
/// are Keras' defaults.
public struct BatchNormalization: Layer, Hashable {
  /// How much of the running means is kept at each step.
  public var momentum: Double
  /// Keeps the denominator away from zero.
  public var epsilon: Double

  /// A batch normalization.
  public init(momentum: Double = 0.99, epsilon: Double = 1e-3) {
    self.momentum = momentum
    self.epsilon = epsilon
  }

  private static let momentumParameter = Parameter<Double>(
    "momentum", default: 0.99, "at least 0 and below 1", help: "How much of the running means is kept."
  ) { (0..<1).contains($0) }
  static let epsilonParameter = Parameter<Double>(
    "epsilon", default: 1e-3, "above 0", help: "Keeps the denominator away from zero."
  ) { $0 > 0 }
  static let component = Component<any Layer>(
    "batch-norm", help: "Brings every feature to mean 0 and variance 1 over the batch.",
    swift: "BatchNormalization(momentum, epsilon)",
    parameters: [momentumParameter, epsilonParameter]
  ) { BatchNormalization(momentum: $0[momentumParameter], epsilon: $0[epsilonParameter]) }

  public var name: String { "batch-norm" }
  public var arguments: [RecipeArgument] { [.init("momentum", momentum), .init("epsilon", epsilon)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require(share: momentum, "momentum")
    try trace.require(positive: epsilon, "epsilon")
    guard let features = x.shape.dimensions.last else { throw trace.mismatch(x, needs: "a vector") }
    let gain = trace.bias([features], name: "gain", start: 1)
    let offset = trace.bias([features])
    let runningMean = trace.state("running-mean", [features], start: 0)
    let runningVariance = trace.state("running-variance", [features], start: 1)
    guard trace.isTraining else {
      let scale = gain / (runningVariance + epsilon).map(.squareRoot)
      return (x - runningMean) * scale + offset
    }
    let positions = Array(0..<x.shape.rank - 1)
    func batchMean(_ value: Variable) -> Variable {
      (value.mean(axes: positions) * trace.share).summedOverSamples()
    }
    let mean = batchMean(x)
    let centered = x - mean
    let variance = batchMean(centered.map(.square))
    trace.update(runningMean, to: momentum * runningMean + (1 - momentum) * mean)
    trace.update(runningVariance, to: momentum * runningVariance + (1 - momentum) * variance)
    return centered * (gain / (variance + epsilon).map(.squareRoot)) + offset
  }
}
