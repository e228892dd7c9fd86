import Components
import Kernels
import Tensors

/// Steps that shrink with the sum of all squares so far (Duchi, Hazan and Singer 2011): `v ← v + g²`,
/// `p ← p − η g / √(v + ε)`, or in PyTorch's form `p ← p − η g / (√v + ε)`.
public struct Adagrad: UpdateRule, Hashable {
  public var learningRate: Double
  /// What the sum of squares begins with.
  public var initialAccumulator: Double
  /// ε, which keeps the denominator away from zero.
  public var epsilon: Double
  /// Where ε is added: inside of the root or beside it.
  public var epsilonPlacement: EpsilonPlacement

  /// Adagrad; what is not given is the default of the preset.
  public init(
    learningRate: Double? = nil, initialAccumulator: Double? = nil, epsilon: Double? = nil,
    preset: OptimizerPreset = .keras
  ) {
    self.learningRate = learningRate ?? Self.rate[preset]
    self.initialAccumulator = initialAccumulator ?? Self.initial[preset]
    self.epsilon = epsilon ?? Self.epsilon[preset]
    epsilonPlacement = preset == .keras ? .inside : .beside
  }

  private static let rate = PresetDefault(keras: 0.001, pytorch: 0.01)
  private static let initial = PresetDefault(keras: 0.1, pytorch: 0)
  private static let epsilon = PresetDefault(keras: 1e-7, pytorch: 1e-10)
  private static let rateParameter = Optimizers.learningRate(rate)
  private static let initialParameter = Parameter<Double>(
    "initial-accumulator", default: initial[.keras], presets: initial.byName, "at least 0 and finite",
    help: "What the sum of squares begins with."
  ) { $0 >= 0 && $0.isFinite }
  private static let epsilonParameter = Optimizers.epsilon(epsilon)
  static let component = Component<any Optimizer>(
    "adagrad", help: "Steps that shrink with the sum of all squared gradients.",
    swift: "Adagrad(learning-rate, initial-accumulator, epsilon, preset)",
    parameters: [rateParameter, initialParameter, epsilonParameter, Optimizers.preset]
  ) {
    Adagrad(
      learningRate: $0[rateParameter], initialAccumulator: $0[initialParameter],
      epsilon: $0[epsilonParameter], preset: $0[Optimizers.preset])
  }

  public var name: String { "adagrad" }
  public var stateCount: Int { 1 }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    update.begin(state: Scalar(initialAccumulator))
    Scalar.adagradStep(
      update.vectors(), rate: Scalar(update.learningRate), epsilon: Scalar(epsilon),
      isEpsilonInside: epsilonPlacement == .inside)
  }
}

extension Optimizer where Self == Adagrad {
  /// Steps that shrink with the sum of all squared gradients.
  public static func adagrad(
    learningRate: Double? = nil, initialAccumulator: Double? = nil, epsilon: Double? = nil,
    preset: OptimizerPreset = .keras
  ) -> Adagrad {
    Adagrad(
      learningRate: learningRate, initialAccumulator: initialAccumulator, epsilon: epsilon, preset: preset)
  }
}
