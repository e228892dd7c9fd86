import Datasets
import Learners
import NeuralNetworks

/// The settings of a strategy by which its fits are derived, and how.
public struct StrategyDerivatives: Sendable, Hashable {
  /// A setting that fits depend on smoothly.
  public enum Setting: Sendable, Hashable {
    /// One of the training of a network.
    case training(SmoothSetting)
    /// One of a learner, by its name.
    case learner(String)

    /// The name in recipes.
    public var name: String {
      switch self {
      case .training(let setting): setting.rawValue
      case .learner(let name): name
      }
    }
  }

  /// The settings, in the order of the derivatives.
  public var settings: [Setting]
  /// How those of networks are found; learners have closed forms.
  public var mode: Hypergradients.Mode

  /// Derivatives by some settings.
  public init(_ settings: [Setting], mode: Hypergradients.Mode = .unrolled) {
    self.settings = settings
    self.mode = mode
  }

  /// What the training of a network is asked for.
  public var ofTraining: Hypergradients? {
    let smooth = settings.compactMap { if case .training(let setting) = $0 { setting } else { nil } }
    return smooth.isEmpty ? nil : Hypergradients(smooth, mode: mode)
  }

  /// The derivatives of a fitted learner's predictions; nil by what it does not know.
  func tangents(
    of fitted: any FittedLearner, by learner: any Learner, on data: Dataset
  ) -> [(any Model)?] {
    settings.map { setting in
      guard case .learner(let name) = setting else { return nil }
      return (learner as? any SmoothLearner)?.derivative(of: fitted, by: name, on: data)
    }
  }
}

extension Estimator {
  /// The settings that a fit depends on smoothly.
  public var smoothSettings: [StrategyDerivatives.Setting] {
    switch self {
    case .network(_, let settings):
      SmoothSetting.allCases.filter { settings.value(of: $0) != nil }.map { .training($0) }
    case .learner(let learner):
      ((learner as? any SmoothLearner)?.smoothSettings ?? []).map { .learner($0) }
    }
  }

  /// The value of a setting; nil if there is none.
  public func value(of setting: StrategyDerivatives.Setting) -> Double? {
    switch (self, setting) {
    case (.network(_, let settings), .training(let setting)): settings.value(of: setting)
    case (.learner(let learner), .learner(let name)): (learner as? any SmoothLearner)?.value(of: name)
    default: nil
    }
  }

  /// The same estimator with another value of a setting.
  public func with(_ setting: StrategyDerivatives.Setting, _ value: Double) -> Estimator {
    switch (self, setting) {
    case (.network(let network, let settings), .training(let setting)):
      .network(network, settings.with(setting, value))
    case (.learner(let learner), .learner(let name)):
      .learner((learner as? any SmoothLearner)?.with(name, value) ?? learner)
    default: self
    }
  }
}
