import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

/// How the objective of a search is derived by its hyperparameters, for a sampler that goes along derivatives.
struct SearchGradient: Sendable {
  /// The settings that the hyperparameters are, and how fits are derived by them.
  let derivatives: StrategyDerivatives
  private let score: SmoothScore
  private let space: SearchSpace
  /// The place of each hyperparameter among the settings; nil for one that has but one value.
  private let places: [Int?]

  private static let supported = [
    "train.learning-rate, train.weight-decay and momentum of sgd, adam or adamw",
    "alpha of ridge", "c of logistic-regression",
  ]

  /// The derivatives that the sampler of a search wants; nil if it wants none.
  ///
  /// Throws the first hyperparameter or objective that has none, and what keeps training from having any.
  init?(_ search: ResolvedSearch, _ experiment: Experiment) throws {
    guard let sampler = search.plan.sampler as? HypergradientSampler else { return nil }
    score = try Self.score(of: search.objective)
    if search.plan.pruner != nil {
      throw RecipeError.conflict(
        "pruner", "hypergradient", reason: "a training that pauses loses its derivatives")
    }
    space = experiment.space
    var settings: [StrategyDerivatives.Setting] = []
    var places: [Int?] = []
    for (index, parameter) in space.parameters.enumerated() {
      guard !parameter.distribution.isFixed else {
        places.append(nil)
        continue
      }
      guard let setting = try Self.setting(of: index, experiment) else {
        throw SamplerError.noGradient(
          sampler: "hypergradient", of: parameter.name, supported: Self.supported)
      }
      places.append(settings.count)
      settings.append(setting)
    }
    self.places = places
    let mode: Hypergradients.Mode = sampler.mode == .implicit ? .implicit() : .unrolled
    derivatives = StrategyDerivatives(settings, mode: mode)
    let strategy = try experiment.strategy(space.parameters.map { $0.distribution.value(atUnit: 0.5) })
    if case .network(let network, let training) = strategy.estimator, let wanted = derivatives.ofTraining {
      let prepared = try Preparations.outline(strategy.preparations, of: DataOutline(experiment.data))
      let trace = try network.traced(for: prepared.sampleShape, isTraining: true).trace
      try wanted.check(training, network: trace)
      if prepared.isAugmented {
        throw NetworkError.noHypergradient(of: "the data", reason: "every epoch sees others by augmentation")
      }
    }
  }

  private static func score(of objective: SearchMeasure) throws -> SmoothScore {
    let score: SmoothScore?
    switch objective {
    case .folds(let metric), .validation(let metric): score = SmoothScore(metric)
    case .parameters, .closure: score = nil
    }
    guard let score else {
      throw SamplerError.noGradient(
        sampler: "hypergradient", of: "the objective \(objective.path)",
        supported: SmoothScore.allCases.map(\.rawValue))
    }
    return score
  }

  /// The setting that a hyperparameter is: the one whose value is the hyperparameter's, if all else stays the same.
  private static func setting(
    of index: Int, _ experiment: Experiment
  ) throws -> StrategyDerivatives.Setting? {
    let parameters = experiment.space.parameters
    var assignment = parameters.map { $0.distribution.value(atUnit: 0.5) }
    let values = [0.3, 0.7].map { parameters[index].distribution.value(atUnit: $0) }
    let strategies = try values.map { value in
      assignment[index] = value
      return try experiment.strategy(assignment)
    }
    return strategies[0].estimator.smoothSettings.first { setting in
      let found = strategies.map { $0.estimator.value(of: setting) }
      let rest = strategies.map { strategy in
        "\(strategy.estimator.with(setting, 0)) \(strategy.preparations)"
      }
      return found == values && rest[0] == rest[1]
    }
  }

  /// The number of hyperparameters.
  var count: Int { space.count }

  /// The derivative of the score over some examples by each hyperparameter on its scale; NaN where a fit has none.
  func values(
    of fitted: FittedStrategy, _ data: Dataset, on examples: [Int], at assignment: Assignment
  ) throws(NetworkError) -> [Double] {
    let own = try fitted.derivatives(of: score, data, on: examples)
    return space.parameters.indices.map { index in
      guard let place = places[index] else { return 0 }
      let derivative = own?[place] ?? .nan
      return space.parameters[index].distribution.scaledDerivative(derivative, at: assignment[index])
    }
  }
}
