import Components
import Kernels
import Tensors

/// Steps of one size, by the sign of a momentum (Chen and others 2023): `p ← p − η sign(β₁ m + (1−β₁) g)`, then
/// `m ← β₂ m + (1−β₂) g`.
///
/// Weights can shrink by themselves beside the step, `p ← p − η λ p`. Good rates are three to ten times smaller than
/// Adam's.
public struct Lion: DecoupledDecay, Hashable {
  public var learningRate: Double
  /// How much the momentum counts for the direction of a step.
  public var beta1: Double
  /// The memory of the momentum.
  public var beta2: Double
  public var weightDecay: Double

  /// Lion, with Keras' defaults.
  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.weightDecay = weightDecay
  }

  private static let rateParameter = Optimizers.learningRate(PresetDefault(0.001))
  private static let beta1Parameter = Optimizers.memory(
    "beta1", PresetDefault(0.9), help: "How much the momentum counts for the direction.")
  private static let beta2Parameter = Optimizers.memory(
    "beta2", PresetDefault(0.99), help: "The memory of the momentum.")
  private static let decayParameter = Optimizers.weightDecay(PresetDefault(0))
  static let component = Component<any Optimizer>(
    "lion", help: "Steps of one size by the sign of a momentum.",
    swift: "Lion(learning-rate, beta1, beta2, weight-decay)",
    parameters: [rateParameter, beta1Parameter, beta2Parameter, decayParameter]
  ) {
    Lion(
      learningRate: $0[rateParameter], beta1: $0[beta1Parameter], beta2: $0[beta2Parameter],
      weightDecay: $0[decayParameter])
  }

  public var name: String { "lion" }
  public var stateCount: Int { 1 }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    Scalar.lionStep(
      update.vectors(shrinkage: update.learningRate * weightDecay), rate: Scalar(update.learningRate),
      beta1: Scalar(beta1), beta2: Scalar(beta2))
  }
}

extension Optimizer where Self == Lion {
  /// Steps of one size by the sign of a momentum.
  public static func lion(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0
  ) -> Lion {
    Lion(learningRate: learningRate, beta1: beta1, beta2: beta2, weightDecay: weightDecay)
  }
}
