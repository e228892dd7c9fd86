import Components
import Kernels
import Tensors

/// Steps in the units of the parameters, from running means of squared gradients and of squared steps (Zeiler 2012):
/// `v ← ρ v + (1−ρ) g²`, `δ = √(u + ε) / √(v + ε) g`, `u ← ρ u + (1−ρ) δ²`, `p ← p − η δ`.
///
/// The paper has η = 1, as PyTorch does; at Keras' default of 0.001 it crawls.
public struct Adadelta: UpdateRule, Hashable {
  public var learningRate: Double
  /// ρ, the memory of the running means.
  public var rho: Double
  /// ε, which sets the size of the first steps.
  public var epsilon: Double

  /// Adadelta; what is not given is the default of the preset.
  public init(
    learningRate: Double? = nil, rho: Double? = nil, epsilon: Double? = nil,
    preset: OptimizerPreset = .keras
  ) {
    self.learningRate = learningRate ?? Self.rate[preset]
    self.rho = rho ?? Self.rho[preset]
    self.epsilon = epsilon ?? Self.epsilon[preset]
  }

  private static let rate = PresetDefault(keras: 0.001, pytorch: 1)
  private static let rho = PresetDefault(keras: 0.95, pytorch: 0.9)
  private static let epsilon = PresetDefault(keras: 1e-7, pytorch: 1e-6)
  private static let rateParameter = Optimizers.learningRate(rate)
  private static let rhoParameter = Optimizers.memory("rho", rho, help: "The memory of the running means.")
  private static let epsilonParameter = Optimizers.epsilon(epsilon)
  static let component = Component<any Optimizer>(
    "adadelta", help: "Steps scaled by running means of squared gradients and squared steps.",
    swift: "Adadelta(learning-rate, rho, epsilon, preset)",
    parameters: [rateParameter, rhoParameter, epsilonParameter, Optimizers.preset]
  ) {
    Adadelta(
      learningRate: $0[rateParameter], rho: $0[rhoParameter], epsilon: $0[epsilonParameter],
      preset: $0[Optimizers.preset])
  }

  public var name: String { "adadelta" }
  public var stateCount: Int { 2 }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    Scalar.adadeltaStep(
      update.vectors(), rate: Scalar(update.learningRate), memory: Scalar(rho), epsilon: Scalar(epsilon))
  }
}

extension Optimizer where Self == Adadelta {
  /// Steps scaled by running means of squared gradients and squared steps.
  public static func adadelta(
    learningRate: Double? = nil, rho: Double? = nil, epsilon: Double? = nil,
    preset: OptimizerPreset = .keras
  ) -> Adadelta {
    Adadelta(learningRate: learningRate, rho: rho, epsilon: epsilon, preset: preset)
  }
}
