import Components
import Kernels
import Tensors

/// Adam with Nesterov's momentum (Dozat 2016): with `μ_t = β₁ (1 − ½ 0.96^(ψ t))` and `π_t = μ₁ ⋯ μ_t`,
/// `p ← p − η ((1 − μ_t)/(1 − π_t) g + μ_(t+1)/(1 − π_(t+1)) m) / (√(v / (1 − β₂ᵗ)) + ε)`.
///
/// The presets differ in how fast the momentum grows: ψ is 1 in Keras and 0.004 in PyTorch, as in the paper.
public struct Nadam: UpdateRule, Hashable {
  public var learningRate: Double
  /// The memory of the mean gradient.
  public var beta1: Double
  /// The memory of the mean square.
  public var beta2: Double
  /// Keeps the denominator away from zero.
  public var epsilon: Double
  /// ψ, how fast the momentum grows to β₁.
  public var momentumDecay: Double

  /// Nadam; what is not given is the default of the preset.
  public init(
    learningRate: Double? = nil, beta1: Double? = nil, beta2: Double? = nil, epsilon: Double? = nil,
    momentumDecay: Double? = nil, preset: OptimizerPreset = .keras
  ) {
    self.learningRate = learningRate ?? Self.rate[preset]
    self.beta1 = beta1 ?? Adam.beta1[preset]
    self.beta2 = beta2 ?? Adam.beta2[preset]
    self.epsilon = epsilon ?? Adam.epsilon[preset]
    self.momentumDecay = momentumDecay ?? Self.momentumDecay[preset]
  }

  private static let rate = PresetDefault(keras: 0.001, pytorch: 0.002)
  private static let momentumDecay = PresetDefault(keras: 1, pytorch: 0.004)
  private static let rateParameter = Optimizers.learningRate(rate)
  private static let decayParameter = Parameter<Double>(
    "momentum-decay", default: momentumDecay[.keras], presets: momentumDecay.byName, "above 0 and finite",
    help: "How fast the momentum grows."
  ) { $0 > 0 && $0.isFinite }
  static let component = Component<any Optimizer>(
    "nadam", help: "Adam with Nesterov's momentum.",
    swift: "Nadam(learning-rate, beta1, beta2, epsilon, momentum-decay, preset)",
    parameters: [
      rateParameter, Adam.beta1Parameter, Adam.beta2Parameter, Adam.epsilonParameter, decayParameter,
      Optimizers.preset,
    ]
  ) {
    Nadam(
      learningRate: $0[rateParameter], beta1: $0[Adam.beta1Parameter], beta2: $0[Adam.beta2Parameter],
      epsilon: $0[Adam.epsilonParameter], momentumDecay: $0[decayParameter], preset: $0[Optimizers.preset])
  }

  public var name: String { "nadam" }
  public var stateCount: Int { 2 }

  /// μ_t, the momentum of a step.
  private func momentum(_ step: Int) -> Double {
    beta1 * (1 - 0.5 * Double.pow(0.96, momentumDecay * Double(step)))
  }

  /// π_t, the product of the momenta up to a step, where it matters: below 2⁻⁶⁰ it vanishes beside one.
  private func momentumProduct(_ step: Int) -> Double {
    let factor = Double.pow(0.96, momentumDecay)
    var (power, product) = (1.0, 1.0)
    for number in 1...max(step, 1) {
      power *= factor
      product *= beta1 * (1 - 0.5 * power)
      if product < 0x1p-60 { return 0 }
      // From here on all momenta are β₁.
      if power < 0x1p-54 { return product * Double.pow(beta1, Double(step - number)) }
    }
    return product
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    let root = (1 - Double.pow(beta2, Double(update.step))).squareRoot()
    let (now, next) = (momentum(update.step), momentum(update.step + 1))
    let product = momentumProduct(update.step)
    let rate = update.learningRate * root
    Scalar.nadamStep(
      update.vectors(), gradientRate: Scalar(rate * (1 - now) / (1 - product)),
      meanRate: Scalar(rate * next / (1 - product * next)), beta1: Scalar(beta1), beta2: Scalar(beta2),
      epsilon: Scalar(epsilon * root))
  }
}

extension Optimizer where Self == Nadam {
  /// Adam with Nesterov's momentum.
  public static func nadam(
    learningRate: Double? = nil, beta1: Double? = nil, beta2: Double? = nil, epsilon: Double? = nil,
    momentumDecay: Double? = nil, preset: OptimizerPreset = .keras
  ) -> Nadam {
    Nadam(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, momentumDecay: momentumDecay,
      preset: preset)
  }
}
