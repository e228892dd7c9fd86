import Components
import Tensors

/// Gradient descent on batches: `p ← p − η g`; with momentum m, `v ← m v − η g` and `p ← p + v`, or Nesterov's
/// `p ← p + m v − η g`.
///
/// PyTorch's form, `v ← m v + g` and `p ← p − η v` or `p ← p − η (g + m v)`, takes the same steps as long as the rate
/// stays the same.
public struct StochasticGradientDescent: UpdateRule, Hashable {
  public var learningRate: Double
  /// How much of the last step is kept.
  public var momentum: Double
  /// Whether the step looks ahead.
  public var isNesterov: Bool
  /// Whether past gradients keep the rates of their own steps (Keras) rather than take that of the step (PyTorch).
  public var isRateRemembered: Bool

  /// Gradient descent; the default rate is that of the preset.
  public init(
    learningRate: Double? = nil, momentum: Double = 0, isNesterov: Bool = false,
    preset: OptimizerPreset = .keras
  ) {
    self.learningRate = learningRate ?? Self.rate[preset]
    self.momentum = momentum
    self.isNesterov = isNesterov
    isRateRemembered = preset == .keras
  }

  private static let rate = PresetDefault(keras: 0.01, pytorch: 0.001)
  private static let rateParameter = Optimizers.learningRate(rate)
  private static let momentumParameter = Optimizers.memory(
    "momentum", PresetDefault(0), help: "How much of the last step is kept.")
  private static let nesterovParameter = Parameter<Bool>(
    "nesterov", default: false, help: "Whether the step looks ahead.")
  static let component = Component<any Optimizer>(
    "sgd", help: "Gradient descent, with momentum if wanted.",
    swift: "StochasticGradientDescent(learning-rate, momentum, isNesterov nesterov, preset)",
    parameters: [rateParameter, momentumParameter, nesterovParameter, Optimizers.preset]
  ) {
    StochasticGradientDescent(
      learningRate: $0[rateParameter], momentum: $0[momentumParameter], isNesterov: $0[nesterovParameter],
      preset: $0[Optimizers.preset])
  }

  public var name: String { "sgd" }
  public var stateCount: Int { momentum > 0 ? 1 : 0 }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>) {
    let rate = Scalar(update.learningRate)
    if momentum > 0 {
      Scalar.momentumStep(
        update.vectors(), rate: rate, momentum: Scalar(momentum), isNesterov: isNesterov,
        isRateRemembered: isRateRemembered)
    } else {
      Scalar.descentStep(update.vectors(), rate: rate)
    }
  }
}

extension Optimizer where Self == StochasticGradientDescent {
  /// Gradient descent, with momentum if wanted.
  public static func sgd(
    learningRate: Double? = nil, momentum: Double = 0, isNesterov: Bool = false,
    preset: OptimizerPreset = .keras
  ) -> StochasticGradientDescent {
    StochasticGradientDescent(
      learningRate: learningRate, momentum: momentum, isNesterov: isNesterov, preset: preset)
  }
}
