import Autodiff
import Components
import Datasets
import NeuralNetworks
import Tensors

/// Everything between data and a fitted model: preparations, network, training, and which share of the
/// training data watches over it.
///
/// Folds, trials and replicas all run the same strategy.
public struct Strategy: Sendable {
  /// Transformations learned from the training part.
  public var preparations: [any Preparation]
  /// The network.
  public var network: Sequential
  /// How it is trained.
  public var settings: TrainingSettings
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

  /// A strategy.
  ///
  /// Experiments decide about the validation part and about programs themselves.
  public init(
    preparations: [any Preparation] = [], network: Sequential, settings: TrainingSettings,
    validation: Double? = nil, isStratified: Bool = false, isShuffled: Bool = true,
    programs: ProgramStore = ProgramStore()
  ) {
    self.preparations = preparations
    self.network = network
    self.settings = settings
    self.validation = validation
    self.isStratified = isStratified
    self.isShuffled = isShuffled
    self.programs = programs
  }

  /// Fits on the given examples of the data, dividing them into a training and a validation part by itself.
  ///
  /// The metrics are computed for every epoch.
  public func fit(
    _ data: Dataset, on indices: [Int], key: FitKey, metrics: [any Metric] = [],
    progress: (@Sendable (Int, Double, Double?) -> Void)? = nil
  ) throws(NetworkError) -> FittedStrategy {
    let (training, held) = division(of: indices, in: data, key: key)
    let prepared = prepared(data.subset(training), key: key)
    let fitted = prepared.steps
    var trainer = Trainer(settings)
    trainer.progress = progress
    trainer.programs = programs
    trainer.pool = pool
    let watched = data.subset(held)
    if !metrics.isEmpty {
      trainer.scores = EpochScores(
        ofBatch: { outputs, samples in
          let batch = prepared.examples.subset(samples)
          let predictions = fitted.restore(outputs)
          return metrics.map { $0.value(predictions, batch) }
        },
        ofValidation: { outputs in
          let predictions = fitted.restore(outputs)
          return metrics.map { $0.value(predictions, watched) }
        })
    }
    if prepared.isAugmented { trainer.augmentation = { prepared.samples(targets: $0, key: $1) } }
    let network = try trainer.fit(
      network, training: prepared.data,
      validation: held.isEmpty ? nil : fitted.apply(to: watched), key: key)
    return FittedStrategy(
      preparations: fitted, network: network, loss: settings.loss, training: training, validation: held)
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
  /// Preparations learn again what they learned then.
  public func restored(
    _ network: TrainedNetwork, from data: Dataset, on indices: [Int], key: FitKey
  ) -> FittedStrategy {
    let (training, held) = division(of: indices, in: data, key: key)
    return FittedStrategy(
      preparations: prepared(data.subset(training), key: key).steps, network: network, loss: settings.loss,
      training: training, validation: held)
  }
}

/// A fitted strategy: prepares what it is asked about as it prepared its training data.
public struct FittedStrategy: Model {
  /// The preparations with everything learned.
  public let preparations: [any FittedPreparation]
  /// The trained network.
  public let network: TrainedNetwork
  /// What training made small.
  public let loss: any Loss
  /// The examples it learned from.
  public let training: [Int]
  /// The examples that watched over the training.
  public let validation: [Int]

  public func predict(_ inputs: Tensor<Double>) -> Tensor<Double> {
    predict(
      Dataset(
        features: (0..<inputs.columns).map { .init(name: "x\($0 + 1)") }, inputs: inputs,
        targets: .values(Tensor(repeating: 0, shape: [inputs.rows, 1]), names: ["y"])))
  }

  /// The strategy behind the epochs that the settings name.
  public var snapshots: [(epoch: Int, strategy: FittedStrategy)] {
    network.snapshots.map { snapshot in
      let strategy = FittedStrategy(
        preparations: preparations, network: snapshot.network, loss: loss, training: training,
        validation: validation)
      return (snapshot.epoch, strategy)
    }
  }

  /// The predictions for the examples of a data set, with their categories known.
  public func predict(_ data: Dataset) -> Tensor<Double> {
    preparations.restore(network.predict(preparations.apply(to: data).inputs))
  }

  /// The mean loss and every metric over the given examples.
  public func scores(_ data: Dataset, on indices: [Int], metrics: [any Metric]) -> Scores {
    let part = data.subset(indices)
    let predictions = predict(part)
    return Scores(
      loss: network.meanLoss(loss, on: preparations.apply(to: part)),
      metrics: metrics.map { $0.value(predictions, part) })
  }
}

/// The loss and the metrics of a part of the data, in the order of the metrics asked for.
public struct Scores: Sendable, Hashable {
  /// The mean loss.
  public var loss: Double
  /// A value for each metric.
  public var metrics: [Double]

  /// Scores.
  public init(loss: Double, metrics: [Double]) {
    self.loss = loss
    self.metrics = metrics
  }
}
