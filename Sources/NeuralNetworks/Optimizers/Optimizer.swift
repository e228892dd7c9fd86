import Components
import Tensors

/// The rule by which gradients change parameters: hyperparameters only, the state lies beside the parameters.
public protocol Optimizer: Sendable {
  /// The step size.
  var learningRate: Double { get set }
  /// How many numbers are remembered for each parameter.
  var stateCount: Int { get }
  /// Changes the parameters once.
  func step<Scalar: Real>(_ update: ParameterUpdate<Scalar>)
}

/// The numbers of one step: flat vectors of `count` elements each.
public struct ParameterUpdate<Scalar: Real> {
  /// The parameters, to be changed.
  public let parameters: UnsafeMutablePointer<Scalar>
  /// The gradient of the loss.
  public let gradients: UnsafeMutablePointer<Scalar>
  /// What the rule remembers: `stateCount` vectors one after the other, zero at first.
  public let state: UnsafeMutablePointer<Scalar>
  /// The length of each vector.
  public let count: Int
  /// The number of the step, from one.
  public let step: Int

  /// The numbers of one step.
  public init(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafeMutablePointer<Scalar>,
    state: UnsafeMutablePointer<Scalar>, count: Int, step: Int
  ) {
    self.parameters = parameters
    self.gradients = gradients
    self.state = state
    self.count = count
    self.step = step
  }
}

/// All optimizers: what `optimizer:` can name.
public enum Optimizers {
  /// The optimizers by name.
  public static let catalog = Catalog<any Optimizer>(
    "optimizer", [StochasticGradientDescent.component, Adam.component])

  static func learningRate(_ value: Double) -> Parameter<Double> {
    Parameter("learning-rate", default: value, "above 0", help: "The step size.") { $0 > 0 }
  }
}

extension Optimizer where Self == StochasticGradientDescent {
  /// Gradient descent, with momentum if wanted.
  public static func sgd(
    learningRate: Double = 0.01, momentum: Double = 0, isNesterov: Bool = false
  ) -> StochasticGradientDescent {
    StochasticGradientDescent(learningRate: learningRate, momentum: momentum, isNesterov: isNesterov)
  }
}

extension Optimizer where Self == Adam {
  /// Adam.
  public static func adam(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7
  ) -> Adam {
    Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}
