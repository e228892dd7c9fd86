import Datasets
import Learners
import NeuralNetworks

/// A change of a strategy that the practical methodology suggests.
public struct StrategyChange: Sendable {
  /// What it is good for.
  public enum Purpose: String, Sendable {
    /// To follow the data closer.
    case capacity
    /// To follow their noise less.
    case restraint
    /// To find a better minimum.
    case optimization
    /// To make more of the data.
    case data
  }

  /// The name in results.
  public let name: String
  /// What is done, in words.
  public let words: String
  /// What it is good for.
  public let purpose: Purpose
  /// The changed strategy.
  public let strategy: Strategy

  /// All changes that can be made to a strategy for such data.
  static func all(of strategy: Strategy, for data: Dataset) -> [StrategyChange] {
    let own: [StrategyChange]
    switch strategy.estimator {
    case .network(let network, let settings): own = changes(strategy, network, settings, data)
    case .learner(let learner): own = changes(strategy, learner)
    }
    return own + preparations(strategy, data)
  }

  /// The names of the changes that can be made to a strategy for such data.
  public static func names(of strategy: Strategy, for data: Dataset) -> [String] {
    all(of: strategy, for: data).map(\.name)
  }

  private init(
    _ name: String, _ words: String, _ purpose: Purpose, _ strategy: Strategy, _ estimator: Estimator
  ) {
    self.name = name
    self.words = words
    self.purpose = purpose
    var changed = strategy
    changed.estimator = estimator
    self.strategy = changed
  }

  private init(_ name: String, _ words: String, _ purpose: Purpose, _ strategy: Strategy) {
    self.name = name
    self.words = words
    self.purpose = purpose
    self.strategy = strategy
  }

  private static func changes(_ strategy: Strategy, _ learner: any Learner) -> [StrategyChange] {
    learner.variations.map { variation in
      let name = variation.words.map { $0 == " " ? "-" : String($0) }.joined()
      return StrategyChange(
        name, variation.words, variation.isMoreFlexible ? .capacity : .restraint, strategy,
        .learner(variation.learner))
    }
  }

  private static func changes(
    _ strategy: Strategy, _ network: Sequential, _ settings: TrainingSettings, _ data: Dataset
  ) -> [StrategyChange] {
    var changes: [StrategyChange] = []
    func add(_ name: String, _ words: String, _ purpose: Purpose, _ network: Sequential?) {
      guard let network else { return }
      changes.append(StrategyChange(name, words, purpose, strategy, .network(network, settings)))
    }
    func add(_ name: String, _ words: String, _ purpose: Purpose, _ change: (inout TrainingSettings) -> Void)
    {
      var changed = settings
      change(&changed)
      changes.append(StrategyChange(name, words, purpose, strategy, .network(network, changed)))
    }
    add("more-units", "twice the units of hidden layers", .capacity, network.scalingHiddenUnits { $0 * 2 })
    add("one-more-layer", "one more hidden layer", .capacity, network.deeper)
    add(
      "fewer-units", "half the units of hidden layers", .restraint,
      network.scalingHiddenUnits { max($0 / 2, 1) })
    add("dropout", "dropout of 0.2 behind hidden layers", .restraint, network.withDropout(0.2))
    add("weight-decay", "weights drawn to zero", .restraint) { $0.strengthenDecay() }
    if settings.earlyStopping == nil {
      add("early-stopping", "early stopping by a validation part", .restraint) {
        $0.earlyStopping = EarlyStopping(window: 5, patience: 30)
      }
      if let last = changes.indices.last, strategy.validation == nil {
        var changed = changes[last].strategy
        changed.validation = 0.2
        changes[last] = StrategyChange(
          changes[last].name, changes[last].words, changes[last].purpose, changed)
      }
    }
    add("more-epochs", "three times the epochs", .optimization) { $0.epochs *= 3 }
    if !(settings.optimizer is any Minimizer) {
      add("higher-rate", "three times the learning rate", .optimization) { $0.optimizer.learningRate *= 3 }
      add("lower-rate", "a third of the learning rate", .optimization) { $0.optimizer.learningRate /= 3 }
    }
    if settings.classWeights == .none, DataReport.balance(data) != nil {
      add("class-weights", "balanced class weights", .data) { $0.classWeights = .balanced }
    }
    return changes
  }

  /// Other preparations: features of equal size, and one degree more or less of their products.
  private static func preparations(_ strategy: Strategy, _ data: Dataset) -> [StrategyChange] {
    var changes: [StrategyChange] = []
    for (index, preparation) in strategy.preparations.enumerated() {
      guard let products = preparation as? Polynomial else { continue }
      for step in [1, -1] where (1...12).contains(products.degree + step) {
        var changed = strategy
        changed.preparations[index] = Polynomial(
          degree: products.degree + step, interactions: products.interactions)
        changes.append(
          StrategyChange(
            step > 0 ? "higher-degree" : "lower-degree",
            "products of features up to degree \(products.degree + step)",
            step > 0 ? .capacity : .restraint, changed))
      }
    }
    guard case .network = strategy.estimator, strategy.preparations.isEmpty, data.sampleShape.rank == 1,
      data.series == nil
    else { return changes }
    var changed = strategy
    changed.preparations = [Standardize()]
    return changes + [StrategyChange("standardize", "standardized features", .optimization, changed)]
  }
}

extension TrainingSettings {
  /// Lets weights shrink ten times as fast, by the optimizer itself where it can.
  fileprivate mutating func strengthenDecay() {
    if var decaying = optimizer as? any DecoupledDecay {
      decaying.weightDecay = decaying.weightDecay > 0 ? decaying.weightDecay * 10 : 0.01
      optimizer = decaying
    } else {
      penalty.l2 = penalty.l2 > 0 ? penalty.l2 * 10 : 1e-3
    }
  }
}

extension Sequential {
  /// The places of dense layers but the last, which gives the outputs.
  private var hiddenPlaces: [Int] { Array(layers.indices.filter { layers[$0] is Dense }.dropLast()) }

  /// The network with other numbers of units in its hidden dense layers; nil if there are none.
  fileprivate func scalingHiddenUnits(_ change: (Int) -> Int) -> Sequential? {
    var changed = layers
    for place in hiddenPlaces {
      guard var dense = layers[place] as? Dense else { continue }
      dense.units = change(dense.units)
      changed[place] = dense
    }
    return hiddenPlaces.isEmpty ? nil : Sequential(changed)
  }

  /// The network with its last hidden dense layer twice; nil if there is none.
  fileprivate var deeper: Sequential? {
    guard let place = hiddenPlaces.last, let dense = layers[place] as? Dense else { return nil }
    var changed = layers
    changed.insert(Dense(dense.units, activation: dense.activation, hasBias: dense.hasBias), at: place + 1)
    return Sequential(changed)
  }

  /// The network with units dropped behind its hidden dense layers; nil if there are none or if some are dropped already.
  fileprivate func withDropout(_ rate: Double) -> Sequential? {
    guard !hiddenPlaces.isEmpty, !layers.contains(where: { $0 is Dropout }) else { return nil }
    let places = Set(hiddenPlaces)
    return Sequential(
      layers.enumerated().flatMap { place, layer -> [any Layer] in
        places.contains(place) ? [layer, Dropout(rate)] : [layer]
      })
  }
}
