import Tensors

/// How a network is trained.
public struct TrainingSettings: Sendable {
  /// What training makes small.
  public var loss: any Loss
  /// The rule of a step.
  public var optimizer: any Optimizer
  /// The most passes over the training part.
  public var epochs: Int
  /// The samples of a step; nil for all of them.
  public var batchSize: Int?
  /// Whether each epoch goes through the samples in a new order.
  public var isShuffled: Bool
  /// How weights begin.
  public var initializer: any Initializer
  /// When to stop early; nil never.
  public var earlyStopping: EarlyStopping?
  /// The numbers that the network computes with.
  public var precision: Precision

  /// How a network is trained, with Keras' defaults where it has them.
  public init(
    loss: any Loss, optimizer: any Optimizer = Adam(), epochs: Int = 100, batchSize: Int? = 32,
    isShuffled: Bool = true, initializer: any Initializer = GlorotInitializer(),
    earlyStopping: EarlyStopping? = nil, precision: Precision = .float
  ) {
    self.loss = loss
    self.optimizer = optimizer
    self.epochs = epochs
    self.batchSize = batchSize
    self.isShuffled = isShuffled
    self.initializer = initializer
    self.earlyStopping = earlyStopping
    self.precision = precision
  }
}

extension TrainingSettings {
  /// Throws the first setting that no training can have.
  func check() throws(NetworkError) {
    let counts = [
      ("epochs", epochs), ("batch-size", batchSize ?? 1), ("window", earlyStopping?.window ?? 1),
      ("patience", earlyStopping?.patience ?? 1),
    ]
    for (name, count) in counts where count < 1 {
      throw .badSetting(name: name, requirement: "at least 1", found: "\(count)")
    }
    guard optimizer.learningRate > 0, optimizer.learningRate.isFinite else {
      throw .badSetting(name: "learning-rate", requirement: "above 0", found: "\(optimizer.learningRate)")
    }
  }
}

/// The key of a training's random numbers.
///
/// Trials have none of their own: two trials on the same fold begin with the same weights, so that only their
/// settings differ.
public struct FitKey: Sendable, Hashable {
  /// The seed of the experiment.
  public var seed: UInt64
  /// Which fold; 0 for a fit on everything.
  public var fold: Int
  /// Which replica; 0 for a single one.
  public var replica: Int

  /// The key of a training.
  public init(seed: UInt64, fold: Int = 0, replica: Int = 0) {
    self.seed = seed
    self.fold = fold
    self.replica = replica
  }

  /// A stream of this training.
  func stream(_ purpose: RandomPurpose, _ index: Int) -> RandomStream {
    RandomStream(seed: seed, purpose, fold, replica, index)
  }
}
