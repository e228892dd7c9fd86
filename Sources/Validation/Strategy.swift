import Autodiff
import Components
import Datasets
import Learners
import NeuralNetworks
import Tensors

/// Everything between data and a fitted model: preparations, network and training or a learner, and which share of the
/// training data watches over it.
///
/// Folds, trials and replicas all run the same strategy.
public struct Strategy: Sendable {
  /// Transformations learned from the training part.
  public var preparations: [any Preparation]
  /// What is fitted.
  public var estimator: Estimator
  /// The share of the training data that is kept for validation; nil for none.
  public var validation: Double?
  /// Whether the validation part has its share of every class.
  public var isStratified: Bool
  /// Whether the validation part is drawn at random; otherwise it is the last examples.
  public var isShuffled: Bool
  /// Whether the replicas of a fit share their validation part.
  public var mask = Split.Mask.shared
  /// The programs that fits of equal networks share.
  public var programs: ProgramStore
  /// Threads that share the work of large steps; nil for the one that fits alone.
  public var pool: (any WorkerPool)?
  /// The settings by which fits are derived; nil for none.
  public var derivatives: StrategyDerivatives?
  /// Trainings that come first, each as far as some epoch, the first one first: the strategy goes on with the last.
  public var lineage: [Stage] = []

  /// A training that others go on with.
  public struct Stage: Sendable {
    /// What is trained.
    public var strategy: Strategy
    /// The epoch behind which it pauses.
    public var epochs: Int

    /// A training as far as an epoch.
    public init(_ strategy: Strategy, epochs: Int) {
      self.strategy = strategy
      self.epochs = epochs
    }
  }

  /// A strategy that trains a network.
  ///
  /// Experiments decide about the validation part and about programs themselves.
  public init(
    preparations: [any Preparation] = [], network: Sequential, settings: TrainingSettings,
    validation: Double? = nil, isStratified: Bool = false, isShuffled: Bool = true,
    programs: ProgramStore = ProgramStore()
  ) {
    self.preparations = preparations
    estimator = .network(network, settings)
    self.validation = validation
    self.isStratified = isStratified
    self.isShuffled = isShuffled
    self.programs = programs
  }

  /// A strategy that fits a learner.
  public init(preparations: [any Preparation] = [], learner: any Learner) {
    self.init(preparations: preparations, estimator: .learner(learner))
  }

  /// A strategy that fits a network or a learner.
  package init(preparations: [any Preparation], estimator: Estimator) {
    self.preparations = preparations
    self.estimator = estimator
    isStratified = false
    isShuffled = true
    programs = ProgramStore()
  }

  /// Fits on the given examples of the data, dividing them into a training and a validation part by itself.
  ///
  /// The metrics are computed for every epoch.
  public func fit(
    _ data: Dataset, on indices: [Int], key: FitKey, metrics: [any Metric] = [],
    progress: (@Sendable (Int, Double, Double?) -> Void)? = nil
  ) throws(NetworkError) -> FittedStrategy {
    try fit(data, on: indices, key: key, metrics: metrics, progress: progress, part: nil).fitted
  }

  /// Fits as far as some epoch, from where an earlier fit of the same strategy paused if that is given, and tells how to go
  /// on.
  ///
  /// A learner knows no pauses: it is fitted as a whole.
  public func fit(
    _ data: Dataset, on indices: [Int], key: FitKey, metrics: [any Metric] = [],
    progress: (@Sendable (Int, Double, Double?) -> Void)? = nil, part: PartialTraining?
  ) throws(NetworkError) -> (fitted: FittedStrategy, checkpoint: Checkpoint?) {
    var checkpoint = part?.checkpoint
    if checkpoint == nil {
      for stage in lineage {
        let part = PartialTraining(epochs: stage.epochs, checkpoint: checkpoint)
        checkpoint = try stage.strategy.fit(data, on: indices, key: key, part: part).checkpoint
      }
    }
    let (training, held) = division(of: indices, in: data, key: key)
    let prepared = prepared(data.subset(training), key: key)
    let model: FittedEstimator
    let pause = CheckpointKeeper()
    var learnerTangents: [(any Model)?] = []
    switch estimator {
    case .network(let network, let settings):
      let watched = data.subset(held)
      var trainer = trainer(settings, prepared, watched, metrics, progress)
      if let part {
        trainer.pause = part.epochs
        trainer.checkpoints = Checkpoints(every: .max, keep: pause.keep)
      }
      let trained = try trainer.fit(
        network, training: prepared.data,
        validation: held.isEmpty ? nil : prepared.steps.apply(to: watched), key: key,
        resuming: checkpoint)
      model = .network(trained, loss: settings.loss)
    case .learner(let learner):
      let fitted = learner.fit(prepared.data)
      model = .learner(fitted)
      learnerTangents = derivatives?.tangents(of: fitted, by: learner, on: prepared.data) ?? []
    }
    var fitted = FittedStrategy(
      preparations: prepared.steps, model: model, training: training, validation: held)
    fitted.learnerTangents = learnerTangents
    return (fitted, pause.checkpoint ?? checkpoint)
  }

  /// What trains the network, and scores it on the way.
  private func trainer(
    _ settings: TrainingSettings, _ prepared: PreparedTraining, _ watched: Dataset,
    _ metrics: [any Metric], _ progress: (@Sendable (Int, Double, Double?) -> Void)?
  ) -> Trainer {
    let fitted = prepared.steps
    var trainer = Trainer(settings)
    trainer.progress = progress
    trainer.hypergradients = derivatives?.ofTraining
    trainer.programs = programs
    trainer.pool = pool
    if !metrics.isEmpty {
      trainer.scores = EpochScores(
        ofBatch: { outputs, samples in
          let batch = prepared.examples.subset(samples)
          return metrics.values(fitted.restore(outputs), batch)
        },
        ofValidation: { outputs in metrics.values(fitted.restore(outputs), watched) })
    }
    if prepared.isAugmented { trainer.augmentation = { prepared.samples(targets: $0, key: $1) } }
    return trainer
  }

  /// The examples to learn from and those that watch, of the ones given.
  private func division(
    of indices: [Int], in data: Dataset, key: FitKey
  ) -> (training: [Int], validation: [Int]) {
    if let parts = data.parts, parts.contains(.validation) {
      return (indices.filter { parts[$0] != .validation }, indices.filter { parts[$0] == .validation })
    }
    guard let validation else { return (indices, []) }
    let seed = key.seed(for: .validation)
    var stream =
      mask == .shared
      ? RandomStream(seed: seed, .validation, key.fold)
      : RandomStream(seed: seed, .validation, key.fold, key.replica)
    let (held, rest) = data.division(
      of: indices, keeping: validation, isStratified: isStratified, isShuffled: isShuffled, using: &stream)
    return (rest, held)
  }

  private func prepared(_ part: Dataset, key: FitKey) -> PreparedTraining {
    Preparations.fit(
      preparations, to: part,
      using: RandomStream(seed: key.seed(for: .resampling), .resampling, key.fold, key.replica))
  }

  /// The strategy with a network that has been trained by it before, on the same examples with the same key.
  ///
  /// Preparations and learners learn again what they learned then.
  public func restored(
    _ network: TrainedNetwork?, from data: Dataset, on indices: [Int], key: FitKey
  ) -> FittedStrategy? {
    let (training, held) = division(of: indices, in: data, key: key)
    let prepared = prepared(data.subset(training), key: key)
    let model: FittedEstimator
    switch estimator {
    case .network(_, let settings):
      guard let network else { return nil }
      model = .network(network, loss: settings.loss)
    case .learner(let learner): model = .learner(learner.fit(prepared.data))
    }
    return FittedStrategy(
      preparations: prepared.steps, model: model, training: training, validation: held)
  }
}
