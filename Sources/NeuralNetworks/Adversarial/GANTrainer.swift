import Components
import Tensors

/// Trains a generator to make samples like those of data, and a discriminator to tell them apart (Goodfellow
/// and others, 2014).
///
/// An epoch has as many steps of the generator as the data have batches; before each of them the
/// discriminator takes ``discriminatorSteps``, each on the next batch of data that are shuffled anew with
/// every pass.
public struct GANTrainer: Sendable {
  /// Makes samples of latent numbers: as many numbers as a sample of the data has.
  public var generator: Sequential
  /// Gives one number for a sample: the larger, the more real.
  public var discriminator: Sequential
  /// What the generator begins with.
  public var latent: Latent
  /// What both make small.
  public var loss: GANLoss
  /// The rule of the generator's steps.
  public var generatorOptimizer: any UpdateRule
  /// The rule of the discriminator's steps.
  public var discriminatorOptimizer: any UpdateRule
  /// The steps of the discriminator before each one of the generator.
  public var discriminatorSteps: Int
  /// The number of epochs.
  public var epochs: Int
  /// The samples of a step.
  public var batchSize: BatchSize
  /// The numbers that the networks compute with.
  public var precision: Precision
  /// How weights begin.
  public var initializer: any Initializer
  /// The epochs behind which the generator is kept; 0 is before the first one.
  public var snapshots: [Int]
  /// Threads that share the work of large steps; nil for the calling thread alone.
  ///
  /// Results do not depend on it.
  public var pool: (any WorkerPool)?

  /// A trainer; the optimizers' defaults are those of Radford and others (2016).
  public init(
    generator: Sequential, discriminator: Sequential, latent: Latent, loss: GANLoss = .nonSaturating,
    generatorOptimizer: any UpdateRule = Adam(learningRate: 0.0002, beta1: 0.5),
    discriminatorOptimizer: any UpdateRule = Adam(learningRate: 0.0002, beta1: 0.5),
    discriminatorSteps: Int = 1, epochs: Int = 100, batchSize: BatchSize = .automatic,
    precision: Precision = .float, initializer: any Initializer = GlorotInitializer(), snapshots: [Int] = []
  ) {
    self.generator = generator
    self.discriminator = discriminator
    self.latent = latent
    self.loss = loss
    self.generatorOptimizer = generatorOptimizer
    self.discriminatorOptimizer = discriminatorOptimizer
    self.discriminatorSteps = discriminatorSteps
    self.epochs = epochs
    self.batchSize = batchSize
    self.precision = precision
    self.initializer = initializer
    self.snapshots = snapshots
  }

  /// Trains both networks on samples, samples × features or × any shape; `progress` is told each epoch's
  /// number and losses.
  public func fit(
    data: Tensor<Double>, key: FitKey,
    progress: (@Sendable (_ epoch: Int, _ generatorLoss: Double, _ discriminatorLoss: Double) -> Void)? = nil
  ) throws(NetworkError) -> TrainedGAN {
    try check(data)
    switch precision {
    case .float:
      return try fit(try AdversarialTraining<Float>(self, data, key), data, progress) { .float($0) }
    case .double:
      return try fit(try AdversarialTraining<Double>(self, data, key), data, progress) { .double($0) }
    }
  }

  private func fit<Scalar: Real>(
    _ training: AdversarialTraining<Scalar>, _ data: Tensor<Double>,
    _ progress: ((Int, Double, Double) -> Void)?,
    _ stored: ([Scalar]) -> TrainedNetwork.StoredParameters
  ) throws(NetworkError) -> TrainedGAN {
    let histories = try training.run(progress)
    let sampleShape = data.sampleShape
    let parameters = training.parameterValues
    func generator(_ history: TrainingHistory, _ parameters: [Scalar]) -> TrainedNetwork {
      TrainedNetwork(
        network: self.generator, inputShape: [latent.dimension], loss: MeanSquaredError(), history: history,
        parameters: stored(parameters))
    }
    return TrainedGAN(
      generator: generator(histories.generator, parameters.generator),
      discriminator: TrainedNetwork(
        network: discriminator, inputShape: sampleShape, loss: MeanSquaredError(),
        history: histories.discriminator, parameters: stored(parameters.discriminator)),
      latent: latent, sampleShape: sampleShape,
      snapshots: training.snapshots.map { epoch, parameters in
        .init(epoch: epoch, generator: generator(TrainingHistory(), parameters))
      })
  }
}

extension GANTrainer {
  /// Checks that networks, settings and data go together, without training.
  public func check(_ data: Tensor<Double>) throws(NetworkError) {
    try checkSettings()
    guard data.rows > 0 else { throw .noExamples(part: "training") }
    for (index, value) in data.elements.enumerated() where !value.isFinite {
      let (row, column) = index.quotientAndRemainder(dividingBy: data.columns)
      throw .nonFiniteData(
        part: "training", what: DataCheck.describe(value), row: row, column: "column \(column + 1)")
    }
    if case .samples(let size) = batchSize, size > data.rows {
      throw .batchLargerThanData(batch: size, examples: data.rows)
    }
    let made = try Self.outputCount(of: generator, named: .generator, for: [latent.dimension])
    guard made == data.sampleShape.count else {
      throw .generatorOutputDiffers(units: made, features: data.sampleShape.count)
    }
    let scores = try Self.outputCount(of: discriminator, named: .discriminator, for: data.sampleShape)
    guard scores == 1 else { throw .discriminatorOutputDiffers(units: scores) }
  }

  private func checkSettings() throws(NetworkError) {
    let counts = [
      ("epochs", epochs), ("batch-size", batchSize.count(of: 1)), ("latent", latent.dimension),
      ("discriminator-steps", discriminatorSteps),
    ]
    for (name, count) in counts where count < 1 {
      throw .badSetting(name: name, requirement: "at least 1", found: "\(count)")
    }
    for rule in [generatorOptimizer, discriminatorOptimizer] {
      let rate = rule.learningRate
      guard rate > 0, rate.isFinite else {
        throw .badSetting(name: "learning-rate", requirement: "above 0 and finite", found: "\(rate)")
      }
    }
    let penalty = loss.gradientPenalty
    guard penalty >= 0, penalty.isFinite else {
      throw .badSetting(name: "gradient-penalty", requirement: "at least 0 and finite", found: "\(penalty)")
    }
  }

  /// The numbers that a network gives; a layer that cannot take its input is named with its network.
  private static func outputCount(
    of network: Sequential, named side: AdversarialObjective.Side, for shape: Shape
  ) throws(NetworkError) -> Int {
    do {
      return try network.outputCount(for: shape)
    } catch {
      guard case .shapeMismatch(let layer, let found, let needs, let hint) = error else { throw error }
      throw .shapeMismatch(layer: layer.named(in: side), found: found, needs: needs, hint: hint)
    }
  }
}

extension LayerPlace {
  /// The layer of one of two networks.
  func named(in side: AdversarialObjective.Side) -> LayerPlace {
    LayerPlace(path: path, name: "\(name) of the \(side.rawValue)")
  }
}

extension Tensor {
  /// The shape of a sample, where samples lie along the first axis.
  var sampleShape: Shape { Shape(Array(shape.dimensions.dropFirst())) }
}
