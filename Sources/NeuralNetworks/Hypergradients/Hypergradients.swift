import Components

/// How the trained parameters of a network depend on hyperparameters of its training: which derivatives are wanted, and
/// how they are found.
public struct Hypergradients: Sendable, Hashable {
  /// The hyperparameters, in the order of the derivatives.
  public var settings: [SmoothSetting]
  /// How the derivatives are found.
  public var mode: Mode

  /// Derivatives by some hyperparameters.
  public init(_ settings: [SmoothSetting], mode: Mode) {
    self.settings = settings
    self.mode = mode
  }

  /// How derivatives are found.
  public enum Mode: Sendable, Hashable {
    /// Of the minimum of the penalized loss L, whose gradient is zero whatever λ is:
    /// `dw/dλ = −[∂²L/∂w²]⁻¹ ∂²L/∂w∂λ` (Larsen and others 1996; Lorraine, Vicol and Duvenaud 2020).
    case implicit(InverseSeries = .conjugateGradients)
    /// Of what training did, by forward mode through its steps `w ← Φ(w, λ)`: `Z ← ∂Φ/∂w Z + ∂Φ/∂λ` (Franceschi and others
    /// 2017).
    case unrolled
  }

  /// Throws what keeps the derivatives from being found.
  public func check(_ settings: TrainingSettings, network: NetworkTrace? = nil) throws(NetworkError) {
    for setting in self.settings where settings.value(of: setting) == nil {
      throw .noHypergradient(of: setting.rawValue, reason: "\(settings.optimizer.name) has none")
    }
    switch mode {
    case .implicit: try checkMinimum(settings, network)
    case .unrolled: try checkSteps(settings)
    }
    if network?.blocks.contains(where: { !$0.isTrained }) == true {
      throw .noHypergradient(
        of: "the network", reason: "its running means, as of batch-norm, are not followed")
    }
  }

  private func checkMinimum(_ settings: TrainingSettings, _ network: NetworkTrace?) throws(NetworkError) {
    for setting in self.settings where setting != .weightDecay {
      throw .noHypergradient(
        of: setting.rawValue, reason: "the minimum of the loss does not depend on it: take mode: unrolled")
    }
    if settings.optimizer is any DecoupledDecay {
      throw .noHypergradient(
        of: SmoothSetting.weightDecay.rawValue,
        reason: "\(settings.optimizer.name) lets weights shrink beside the loss: take mode: unrolled")
    }
    if settings.penalty.l1 > 0 {
      throw .noHypergradient(of: "the loss", reason: "l1 has a kink at its minimum: take mode: unrolled")
    }
    if network.map({ $0.dropoutCount > 0 }) == true {
      throw .noHypergradient(of: "the loss", reason: "with dropout it has no minimum: take mode: unrolled")
    }
  }

  private func checkSteps(_ settings: TrainingSettings) throws(NetworkError) {
    guard settings.optimizer is any SmoothRule else {
      throw .noHypergradient(
        of: "the steps of \(settings.optimizer.name)", reason: "those of sgd, adam and adamw have one")
    }
    if settings.schedule.needsValidation {
      throw .noHypergradient(of: "the schedule", reason: "\(settings.schedule.name) falls in jumps")
    }
    if settings.gradientClip != nil {
      throw .noHypergradient(of: "the steps", reason: "gradient-clip is not followed")
    }
    if settings.averaging != nil {
      throw .noHypergradient(of: "the steps", reason: "average-weights is not followed")
    }
  }
}

/// A hyperparameter of training that trained parameters depend on smoothly.
public enum SmoothSetting: String, NamedChoice {
  /// The step size, the base of the schedule.
  case learningRate = "learning-rate"
  /// λ of the penalty `λ/2 Σ w²`, or the share by which a rule lets weights shrink by itself.
  case weightDecay = "weight-decay"
  /// How much gradient descent keeps of its last step.
  case momentum
}

extension TrainingSettings {
  /// The value of a hyperparameter; nil if this training has none of the kind.
  public func value(of setting: SmoothSetting) -> Double? {
    switch setting {
    case .learningRate: optimizer is any UpdateRule ? optimizer.learningRate : nil
    case .weightDecay: (optimizer as? any DecoupledDecay)?.weightDecay ?? penalty.l2
    case .momentum: (optimizer as? StochasticGradientDescent)?.momentum
    }
  }

  /// The same training with another value of a hyperparameter.
  public func with(_ setting: SmoothSetting, _ value: Double) -> TrainingSettings {
    var result = self
    switch setting {
    case .learningRate: result.optimizer.learningRate = value
    case .weightDecay:
      if var decaying = optimizer as? any DecoupledDecay {
        decaying.weightDecay = value
        result.optimizer = decaying
      } else {
        result.penalty.l2 = value
      }
    case .momentum:
      if var descent = optimizer as? StochasticGradientDescent {
        descent.momentum = value
        result.optimizer = descent
      }
    }
    return result
  }
}
