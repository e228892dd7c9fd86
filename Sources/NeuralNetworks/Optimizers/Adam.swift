import Components
import Kernels
import Tensors

/// Steps scaled by running means of the gradient and of its square (Kingma and Ba 2015):
/// `p ← p − η √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε)`.
///
/// In PyTorch's form epsilon is added to the corrected root, `√(v / (1 − β₂ᵗ)) + ε`.
public struct Adam: UpdateRule, Hashable {
  public var learningRate: Double
  /// The memory of the mean gradient.
  public var beta1: Double
  /// The memory of the mean square.
  public var beta2: Double
  /// Keeps the denominator away from zero.
  public var epsilon: Double
  /// Whether the largest mean square so far scales the steps (AMSGrad: Reddi, Kale and Kumar 2018).
  public var isAMSGrad: Bool
  /// Where ε is added: beside the root before the correction of its bias, or after it.
  public var epsilonPlacement: EpsilonPlacement

  /// Adam; what is not given is the default of the preset.
  public init(
    learningRate: Double? = nil, beta1: Double? = nil, beta2: Double? = nil, epsilon: Double? = nil,
    isAMSGrad: Bool = false, preset: OptimizerPreset = .keras
  ) {
    self.learningRate = learningRate ?? Self.rate[preset]
    self.beta1 = beta1 ?? Self.beta1[preset]
    self.beta2 = beta2 ?? Self.beta2[preset]
    self.epsilon = epsilon ?? Self.epsilon[preset]
    self.isAMSGrad = isAMSGrad
    epsilonPlacement = preset == .keras ? .beside : .besideCorrected
  }

  static let rate = PresetDefault(0.001)
  static let beta1 = PresetDefault(0.9)
  static let beta2 = PresetDefault(0.999)
  static let epsilon = PresetDefault(keras: 1e-7, pytorch: 1e-8)
  static let rateParameter = Optimizers.learningRate(rate)
  static let beta1Parameter = Optimizers.memory("beta1", beta1, help: "The memory of the mean gradient.")
  static let beta2Parameter = Optimizers.memory("beta2", beta2, help: "The memory of the mean square.")
  static let epsilonParameter = Optimizers.epsilon(epsilon)
  static let maximumParameter = Parameter<Bool>(
    "amsgrad", default: false, help: "Whether the largest mean square so far scales the steps.")
  static let component = Component<any Optimizer>(
    "adam", help: "Steps scaled by running means of the gradient and its square.",
    swift: "Adam(learning-rate, beta1, beta2, epsilon, isAMSGrad amsgrad, preset)",
    parameters: [
      rateParameter, beta1Parameter, beta2Parameter, epsilonParameter, maximumParameter, Optimizers.preset,
    ]
  ) { Adam($0) }

  /// Adam from the arguments of a recipe.
  init(_ arguments: Arguments) {
    self.init(
      learningRate: arguments[Self.rateParameter], beta1: arguments[Self.beta1Parameter],
      beta2: arguments[Self.beta2Parameter], epsilon: arguments[Self.epsilonParameter],
      isAMSGrad: arguments[Self.maximumParameter], preset: arguments[Optimizers.preset])
  }

  public var name: String { "adam" }
  public var stateCount: Int { isAMSGrad ? 3 : 2 }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) { step(update, shrinkage: 0) }

  /// A step in which penalized parameters first shrink by a share.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>, shrinkage: Double) {
    let t = Double(update.step)
    // Both corrections go into the rate, and into epsilon if it is added to the corrected root.
    let root = (1 - Double.pow(beta2, t)).squareRoot()
    let rate = update.learningRate * root / (1 - Double.pow(beta1, t))
    Scalar.adamStep(
      update.vectors(shrinkage: shrinkage), rate: Scalar(rate), beta1: Scalar(beta1), beta2: Scalar(beta2),
      epsilon: Scalar(epsilonPlacement == .besideCorrected ? epsilon * root : epsilon),
      keepsMaximum: isAMSGrad)
  }
}

extension Optimizer where Self == Adam {
  /// Adam.
  public static func adam(
    learningRate: Double? = nil, beta1: Double? = nil, beta2: Double? = nil, epsilon: Double? = nil,
    isAMSGrad: Bool = false, preset: OptimizerPreset = .keras
  ) -> Adam {
    Adam(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, isAMSGrad: isAMSGrad,
      preset: preset)
  }
}
