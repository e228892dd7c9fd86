import Components
import Kernels
import Tensors

/// Adam with the largest gradient in place of the mean square (Kingma and Ba 2015, section 7.1):
/// `u ← max(β₂ u, |g|)`, `p ← p − η/(1 − β₁ᵗ) · m / (u + ε)`.
///
/// In PyTorch's form epsilon is inside: `u ← max(β₂ u, |g| + ε)`, `p ← p − η/(1 − β₁ᵗ) · m / u`.
public struct Adamax: UpdateRule, Hashable {
  public var learningRate: Double
  /// The memory of the mean gradient.
  public var beta1: Double
  /// How slowly the largest gradient is forgotten.
  public var beta2: Double
  /// Keeps the denominator away from zero.
  public var epsilon: Double
  /// Where ε is added: inside of the maximum or beside it.
  public var epsilonPlacement: EpsilonPlacement

  /// Adamax; what is not given is the default of the preset.
  public init(
    learningRate: Double? = nil, beta1: Double? = nil, beta2: Double? = nil, epsilon: Double? = nil,
    preset: OptimizerPreset = .keras
  ) {
    self.learningRate = learningRate ?? Self.rate[preset]
    self.beta1 = beta1 ?? Adam.beta1[preset]
    self.beta2 = beta2 ?? Adam.beta2[preset]
    self.epsilon = epsilon ?? Adam.epsilon[preset]
    epsilonPlacement = preset == .keras ? .beside : .inside
  }

  private static let rate = PresetDefault(keras: 0.001, pytorch: 0.002)
  private static let rateParameter = Optimizers.learningRate(rate)
  private static let beta2Parameter = Optimizers.memory(
    "beta2", Adam.beta2, help: "How slowly the largest gradient is forgotten.")
  static let component = Component<any Optimizer>(
    "adamax", help: "Adam with the largest gradient in place of the mean square.",
    swift: "Adamax(learning-rate, beta1, beta2, epsilon, preset)",
    parameters: [
      rateParameter, Adam.beta1Parameter, beta2Parameter, Adam.epsilonParameter, Optimizers.preset,
    ]
  ) {
    Adamax(
      learningRate: $0[rateParameter], beta1: $0[Adam.beta1Parameter], beta2: $0[beta2Parameter],
      epsilon: $0[Adam.epsilonParameter], preset: $0[Optimizers.preset])
  }

  public var name: String { "adamax" }
  public var stateCount: Int { 2 }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    let rate = update.learningRate / (1 - Double.pow(beta1, Double(update.step)))
    Scalar.adamaxStep(
      update.vectors(), rate: Scalar(rate), beta1: Scalar(beta1), beta2: Scalar(beta2),
      epsilon: Scalar(epsilon), isEpsilonInside: epsilonPlacement == .inside)
  }
}

extension Optimizer where Self == Adamax {
  /// Adam with the largest gradient in place of the mean square.
  public static func adamax(
    learningRate: Double? = nil, beta1: Double? = nil, beta2: Double? = nil, epsilon: Double? = nil,
    preset: OptimizerPreset = .keras
  ) -> Adamax {
    Adamax(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, preset: preset)
  }
}
