import Components
import Tensors

/// Steps scaled by running means of the gradient and of its square (Kingma and Ba 2015), by Keras' rule and defaults:
/// `p ← p − η √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε)`.
public struct Adam: Optimizer, Hashable {
  public var learningRate: Double
  /// The memory of the mean gradient.
  public var beta1: Double
  /// The memory of the mean square.
  public var beta2: Double
  /// Keeps the denominator away from zero.
  public var epsilon: Double

  /// Adam.
  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  private static let rateParameter = Optimizers.learningRate(0.001)
  private static let beta1Parameter = Parameter<Double>(
    "beta1", default: 0.9, "at least 0 and below 1", help: "The memory of the mean gradient."
  ) { (0..<1).contains($0) }
  private static let beta2Parameter = Parameter<Double>(
    "beta2", default: 0.999, "at least 0 and below 1", help: "The memory of the mean square."
  ) {
    (0..<1).contains($0)
  }
  private static let epsilonParameter = Parameter<Double>(
    "epsilon", default: 1e-7, "above 0", help: "Keeps the denominator away from zero."
  ) { $0 > 0 }
  static let component = Component<any Optimizer>(
    "adam", help: "Steps scaled by running means of the gradient and its square.",
    parameters: [rateParameter, beta1Parameter, beta2Parameter, epsilonParameter]
  ) {
    Adam(
      learningRate: $0[rateParameter], beta1: $0[beta1Parameter], beta2: $0[beta2Parameter],
      epsilon: $0[epsilonParameter])
  }

  public var stateCount: Int { 2 }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    let t = Double(update.step)
    let stepSize =
      learningRate * (1 - Double.pow(beta2, t)).squareRoot() / (1 - Double.pow(beta1, t))
    Scalar.adamStep(
      update.parameters, update.gradients, update.state, update.state + update.count, count: update.count,
      stepSize: Scalar(stepSize), beta1: Scalar(beta1), beta2: Scalar(beta2), epsilon: Scalar(epsilon))
  }
}
