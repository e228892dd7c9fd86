import Components
import Kernels
import Tensors

/// Adam beside which weights shrink by themselves, `p ← p − η λ p` before the step (Loshchilov and Hutter 2019).
///
/// Other than a penalty, the decay does not depend on how large the gradients were.
public struct AdamW: DecoupledDecay, Hashable {
  /// The rule of the step.
  public var adam: Adam
  public var weightDecay: Double

  /// AdamW; what is not given is the default of the preset.
  public init(
    learningRate: Double? = nil, beta1: Double? = nil, beta2: Double? = nil, epsilon: Double? = nil,
    weightDecay: Double? = nil, isAMSGrad: Bool = false, preset: OptimizerPreset = .keras
  ) {
    adam = Adam(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, isAMSGrad: isAMSGrad,
      preset: preset)
    self.weightDecay = weightDecay ?? Self.weightDecay[preset]
  }

  private static let weightDecay = PresetDefault(keras: 0.004, pytorch: 0.01)
  private static let decayParameter = Optimizers.weightDecay(weightDecay)
  static let component = Component<any Optimizer>(
    "adamw", help: "Adam beside which weights shrink by themselves.",
    swift: "AdamW(learning-rate, beta1, beta2, epsilon, weight-decay, isAMSGrad amsgrad, preset)",
    parameters: [
      Adam.rateParameter, decayParameter, Adam.beta1Parameter, Adam.beta2Parameter, Adam.epsilonParameter,
      Adam.maximumParameter, Optimizers.preset,
    ]
  ) { arguments in
    var rule = AdamW(weightDecay: arguments[decayParameter])
    rule.adam = Adam(arguments)
    return rule
  }

  public var name: String { "adamw" }
  public var stateCount: Int { adam.stateCount }
  public var learningRate: Double {
    get { adam.learningRate }
    set { adam.learningRate = newValue }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    adam.step(update, shrinkage: update.learningRate * weightDecay)
  }
}

extension Optimizer where Self == AdamW {
  /// Adam beside which weights shrink by themselves.
  public static func adamW(
    learningRate: Double? = nil, beta1: Double? = nil, beta2: Double? = nil, epsilon: Double? = nil,
    weightDecay: Double? = nil, isAMSGrad: Bool = false, preset: OptimizerPreset = .keras
  ) -> AdamW {
    AdamW(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      isAMSGrad: isAMSGrad, preset: preset)
  }
}
