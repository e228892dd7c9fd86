import Components
import Tensors

/// How parameters are changed so that the loss becomes small: hyperparameters only, what is remembered lies elsewhere.
///
/// An optimizer is either an ``UpdateRule``, which takes a step for the gradient of every batch, or a ``Minimizer``,
/// which drives whole iterations over all data.
public protocol Optimizer: Sendable {
  /// The name in recipes.
  var name: String { get }
  /// The step size: the base of the schedule.
  var learningRate: Double { get set }
}

/// A rule by which the gradient of a batch changes parameters.
public protocol UpdateRule: Optimizer {
  /// How many numbers are remembered for each parameter.
  var stateCount: Int { get }
  /// Changes the parameters once, by the rate of the update.
  func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>)
}

/// A rule by which weights shrink beside the step of the gradient, `p ← p − η λ p` (Loshchilov and Hutter 2019): what
/// `weight-decay` means for it.
public protocol DecoupledDecay: UpdateRule {
  /// λ, the share by which a step of rate one would shrink a weight.
  var weightDecay: Double { get set }
}

/// An optimizer that drives whole iterations over an objective of all data rather than taking a step for each batch.
public protocol Minimizer: Optimizer {
  /// Whether it asks the objective for gradients.
  var needsGradient: Bool { get }
  /// The most parameters that it has memory and time for.
  var mostParameters: Int { get }
  /// A minimization that has not begun; its random numbers depend on nothing but the key of the stream and the number
  /// of the iteration.
  func minimization(from start: [Double], using stream: RandomStream) -> any Minimization
}

extension Minimizer {
  public var mostParameters: Int { .max }

  /// Throws if there are more parameters than it has memory and time for.
  public func check(parameterCount: Int) throws(NetworkError) {
    guard parameterCount <= mostParameters else {
      throw .tooManyParameters(optimizer: name, count: parameterCount, most: mostParameters)
    }
  }
}

/// All optimizers: what `optimizer:` can name.
public enum Optimizers {
  /// The optimizers by name.
  public static let catalog = Catalog<any Optimizer>(
    "optimizer",
    [
      StochasticGradientDescent.component, Adagrad.component, Adadelta.component, RMSprop.component,
      Adam.component, AdamW.component, Nadam.component, Adamax.component, Lion.component,
      LimitedMemoryBFGS.component, BFGS.component, CovarianceAdaptation.component, GeneticMinimizer.component,
    ])

  /// The names of those that minimize over all data.
  public static let minimizers = Set([
    LimitedMemoryBFGS.component.name, BFGS.component.name, CovarianceAdaptation.component.name,
    GeneticMinimizer.component.name,
  ])

  static func learningRate(_ defaults: PresetDefault<Double>) -> Parameter<Double> {
    Parameter(
      "learning-rate", default: defaults[.keras], presets: defaults.byName, "above 0 and finite",
      help: "The step size."
    ) { $0 > 0 && $0.isFinite }
  }

  /// A parameter that tells how much is kept from step to step.
  static func memory(_ name: String, _ defaults: PresetDefault<Double>, help: String) -> Parameter<Double> {
    Parameter(
      name, default: defaults[.keras], presets: defaults.byName, "at least 0 and below 1", help: help
    ) { (0..<1).contains($0) }
  }

  static func epsilon(_ defaults: PresetDefault<Double>) -> Parameter<Double> {
    Parameter(
      "epsilon", default: defaults[.keras], presets: defaults.byName, "above 0 and finite",
      help: "Keeps the denominator away from zero."
    ) { $0 > 0 && $0.isFinite }
  }

  static func weightDecay(_ defaults: PresetDefault<Double>) -> Parameter<Double> {
    Parameter(
      "weight-decay", default: defaults[.keras], presets: defaults.byName, "at least 0 and finite",
      help: "The share by which a step of rate one shrinks weights."
    ) { $0 >= 0 && $0.isFinite }
  }

  static let preset = Parameter<OptimizerPreset>(
    "preset", default: .keras, help: "Whose form of the rule, and whose defaults.")
}

/// Whose form of a rule an optimizer has, and whose defaults where none are given.
public enum OptimizerPreset: String, NamedChoice {
  case keras
  case pytorch
}

/// A default that depends on the preset.
struct PresetDefault<Value: RecipeValue>: Sendable {
  private let keras: Value
  private let pytorch: Value

  init(keras: Value, pytorch: Value) {
    self.keras = keras
    self.pytorch = pytorch
  }

  /// The same in every preset.
  init(_ value: Value) { self.init(keras: value, pytorch: value) }

  subscript(preset: OptimizerPreset) -> Value {
    switch preset {
    case .keras: keras
    case .pytorch: pytorch
    }
  }

  /// The defaults that differ from Keras', by the name of the preset.
  var byName: [String: Value] {
    keras == pytorch ? [:] : [OptimizerPreset.pytorch.rawValue: pytorch]
  }
}

/// Where a rule adds the number that keeps its denominator away from zero.
public enum EpsilonPlacement: Sendable, Hashable {
  /// Inside of the root or maximum: `√(v + ε)`.
  case inside
  /// Beside it, before any correction of a bias: `√v + ε`.
  case beside
  /// Beside it, after the correction: `√(v / (1 − β₂ᵗ)) + ε`.
  case besideCorrected
}
