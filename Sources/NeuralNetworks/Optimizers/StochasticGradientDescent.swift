import Components
import Tensors

/// Gradient descent on batches: `p ← p − η g`; with momentum m, `v ← m v − η g` and `p ← p + v` (Keras' rule and
/// defaults), or Nesterov's `p ← p + m v − η g`.
public struct StochasticGradientDescent: Optimizer, Hashable {
  public var learningRate: Double
  /// How much of the last step is kept.
  public var momentum: Double
  /// Whether the step looks ahead.
  public var isNesterov: Bool

  /// Gradient descent.
  public init(learningRate: Double = 0.01, momentum: Double = 0, isNesterov: Bool = false) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.isNesterov = isNesterov
  }

  private static let rateParameter = Optimizers.learningRate(0.01)
  private static let momentumParameter = Parameter<Double>(
    "momentum", default: 0, "at least 0 and below 1", help: "How much of the last step is kept."
  ) {
    (0..<1).contains($0)
  }
  private static let nesterovParameter = Parameter<Bool>(
    "nesterov", default: false, help: "Whether the step looks ahead.")
  static let component = Component<any Optimizer>(
    "sgd", help: "Gradient descent, with momentum if wanted.",
    parameters: [rateParameter, momentumParameter, nesterovParameter]
  ) {
    StochasticGradientDescent(
      learningRate: $0[rateParameter], momentum: $0[momentumParameter], isNesterov: $0[nesterovParameter])
  }

  public var stateCount: Int { momentum > 0 ? 1 : 0 }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    Scalar.momentumStep(
      update.parameters, update.gradients, momentum > 0 ? update.state : nil, count: update.count,
      learningRate: Scalar(learningRate), momentum: Scalar(momentum), isNesterov: isNesterov)
  }
}
