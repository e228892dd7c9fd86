import Datasets
import Learners
import NeuralNetworks
import Tensors

/// What a strategy fits to prepared data.
public enum Estimator: Sendable {
  /// A network, and how it is trained.
  case network(Sequential, TrainingSettings)
  /// A learner, which is fitted in one step.
  case learner(any Learner)

  /// The network; nil for a learner.
  public var network: Sequential? {
    if case .network(let network, _) = self { network } else { nil }
  }

  /// How the network is trained; nil for a learner.
  public var settings: TrainingSettings? {
    if case .network(_, let settings) = self { settings } else { nil }
  }

  /// The learner; nil for a network.
  public var learner: (any Learner)? {
    if case .learner(let learner) = self { learner } else { nil }
  }
}

/// What was fitted.
public enum FittedEstimator: Model {
  /// A trained network, and what its training made small.
  case network(TrainedNetwork, loss: any Loss)
  /// A fitted learner.
  case learner(any FittedLearner)

  public func predict(_ inputs: Tensor<Double>) -> Tensor<Double> {
    switch self {
    case .network(let network, _): network.predict(inputs)
    case .learner(let learner): learner.predict(inputs)
    }
  }

  /// The numbers that it has learned.
  public var parameterCount: Int {
    switch self {
    case .network(let network, _): network.parameterCount
    case .learner(let learner): learner.parameterCount
    }
  }
}
