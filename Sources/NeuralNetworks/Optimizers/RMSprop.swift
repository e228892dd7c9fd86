import Components
import Kernels
import Tensors

/// Steps scaled by the root of a running mean of squared gradients (Tieleman and Hinton 2012): `v ← ρ v + (1−ρ) g²`,
/// `p ← p − η g / √(v + ε)`, or in PyTorch's form `p ← p − η g / (√v + ε)`.
///
/// Centered, the square of a running mean of the gradient is taken off v (Graves 2013). With momentum m the step is
/// `b ← m b + η g / √(v + ε)`, in PyTorch's form η times `b ← m b + g / (√v + ε)`.
public struct RMSprop: UpdateRule, Hashable {
  public var learningRate: Double
  /// ρ, the memory of the running means.
  public var rho: Double
  /// m, how much of the last step is kept.
  public var momentum: Double
  /// ε, which keeps the denominator away from zero.
  public var epsilon: Double
  /// Whether the square of the mean is taken off the mean of squares.
  public var isCentered: Bool
  /// Where ε is added: inside of the root or beside it.
  public var epsilonPlacement: EpsilonPlacement
  /// Whether past gradients keep the rates of their own steps (Keras) rather than take that of the step (PyTorch).
  public var isRateRemembered: Bool

  /// RMSprop; what is not given is the default of the preset.
  public init(
    learningRate: Double? = nil, rho: Double? = nil, momentum: Double = 0, epsilon: Double? = nil,
    isCentered: Bool = false, preset: OptimizerPreset = .keras
  ) {
    self.learningRate = learningRate ?? Self.rate[preset]
    self.rho = rho ?? Self.rho[preset]
    self.momentum = momentum
    self.epsilon = epsilon ?? Self.epsilon[preset]
    self.isCentered = isCentered
    epsilonPlacement = preset == .keras ? .inside : .beside
    isRateRemembered = preset == .keras
  }

  private static let rate = PresetDefault(keras: 0.001, pytorch: 0.01)
  private static let rho = PresetDefault(keras: 0.9, pytorch: 0.99)
  private static let epsilon = PresetDefault(keras: 1e-7, pytorch: 1e-8)
  private static let rateParameter = Optimizers.learningRate(rate)
  private static let rhoParameter = Optimizers.memory("rho", rho, help: "The memory of the running means.")
  private static let momentumParameter = Optimizers.memory(
    "momentum", PresetDefault(0), help: "How much of the last step is kept.")
  private static let epsilonParameter = Optimizers.epsilon(epsilon)
  private static let centeredParameter = Parameter<Bool>(
    "centered", default: false, help: "Whether the variance takes the place of the mean square.")
  static let component = Component<any Optimizer>(
    "rmsprop", help: "Steps scaled by the root of a running mean of squared gradients.",
    swift: "RMSprop(learning-rate, rho, momentum, epsilon, isCentered centered, preset)",
    parameters: [
      rateParameter, rhoParameter, momentumParameter, epsilonParameter, centeredParameter, Optimizers.preset,
    ]
  ) {
    RMSprop(
      learningRate: $0[rateParameter], rho: $0[rhoParameter], momentum: $0[momentumParameter],
      epsilon: $0[epsilonParameter], isCentered: $0[centeredParameter], preset: $0[Optimizers.preset])
  }

  public var name: String { "rmsprop" }
  public var stateCount: Int { 1 + (isCentered ? 1 : 0) + (momentum > 0 ? 1 : 0) }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    Scalar.rootMeanSquareStep(
      update.vectors(), rate: Scalar(update.learningRate), memory: Scalar(rho), momentum: Scalar(momentum),
      epsilon: Scalar(epsilon), isEpsilonInside: epsilonPlacement == .inside, isCentered: isCentered,
      isRateRemembered: isRateRemembered)
  }
}

extension Optimizer where Self == RMSprop {
  /// Steps scaled by the root of a running mean of squared gradients.
  public static func rmsprop(
    learningRate: Double? = nil, rho: Double? = nil, momentum: Double = 0, epsilon: Double? = nil,
    isCentered: Bool = false, preset: OptimizerPreset = .keras
  ) -> RMSprop {
    RMSprop(
      learningRate: learningRate, rho: rho, momentum: momentum, epsilon: epsilon, isCentered: isCentered,
      preset: preset)
  }
}
