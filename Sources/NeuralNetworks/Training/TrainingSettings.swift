import Tensors

/// How a network is trained.
public struct TrainingSettings: Sendable {
  /// What training makes small.
  public var loss: any Loss
  /// The rule of a step.
  public var optimizer: any Optimizer
  /// How the step size changes while training runs.
  public var schedule: any Schedule
  /// What keeps weights small.
  public var penalty: Penalty
  /// How large gradients are cut; nil for not at all.
  public var gradientClip: GradientClip?
  /// The momentum of a moving mean of the parameters, which is scored and kept in their place; nil for none.
  public var averaging: Double?
  /// The most passes over the training part.
  public var epochs: Int
  /// The samples of a step.
  public var batchSize: BatchSize
  /// How much the examples of each class count.
  public var classWeights: ClassWeights
  /// Whether each epoch goes through the samples in a new order.
  public var isShuffled: Bool
  /// How weights begin.
  public var initializer: any Initializer
  /// When to stop early; nil never.
  public var earlyStopping: EarlyStopping?
  /// The numbers that the network computes with.
  public var precision: Precision
  /// The epochs behind which the network is kept as it is then; 0 is before the first one.
  public var snapshots: [Int]

  /// How a network is trained, with Keras' defaults where it has them.
  public init(
    loss: any Loss, optimizer: any Optimizer = Adam(), schedule: any Schedule = ConstantSchedule(),
    penalty: Penalty = .none, gradientClip: GradientClip? = nil, averaging: Double? = nil,
    epochs: Int = 100, batchSize: BatchSize = .automatic, classWeights: ClassWeights = .none,
    isShuffled: Bool = true, initializer: any Initializer = GlorotInitializer(),
    earlyStopping: EarlyStopping? = nil, precision: Precision = .float,
    snapshots: [Int] = []
  ) {
    self.loss = loss
    self.optimizer = optimizer
    self.schedule = schedule
    self.penalty = penalty
    self.gradientClip = gradientClip
    self.averaging = averaging
    self.epochs = epochs
    self.batchSize = batchSize
    self.classWeights = classWeights
    self.isShuffled = isShuffled
    self.initializer = initializer
    self.earlyStopping = earlyStopping
    self.precision = precision
    self.snapshots = snapshots
  }
}

extension TrainingSettings {
  /// Throws the first setting that no training can have.
  func check() throws(NetworkError) {
    let counts = [
      ("epochs", epochs), ("batch-size", batchSize.count(of: 1)), ("window", earlyStopping?.window ?? 1),
      ("patience", earlyStopping?.patience ?? 1),
    ]
    for (name, count) in counts where count < 1 {
      throw .badSetting(name: name, requirement: "at least 1", found: "\(count)")
    }
    try require(optimizer.learningRate, as: "learning-rate", "above 0 and finite") { $0 > 0 }
    for epoch in [0, max(epochs, 1) - 1] {
      let rate = schedule.rate(
        base: optimizer.learningRate, at: TrainingProgress(epoch: epoch, epochs: max(epochs, 1)))
      try require(rate, as: "schedule", "a rate of at least 0 and finite") { $0 >= 0 }
    }
    try require(penalty.l2, as: "weight-decay", "at least 0 and finite") { $0 >= 0 }
    try require(penalty.l1, as: "l1", "at least 0 and finite") { $0 >= 0 }
    try require(gradientClip?.limit ?? 1, as: "gradient-clip", "above 0 and finite") { $0 > 0 }
    try require(averaging ?? 0, as: "average-weights", "at least 0 and below 1") { (0..<1).contains($0) }
    guard optimizer is any Minimizer else { return }
    // A minimizer takes no steps of its own for a batch: what changes such steps means nothing to it.
    let meaningless = [
      ("schedule", !(schedule is ConstantSchedule)), ("gradient-clip", gradientClip != nil),
      ("average-weights", averaging != nil),
    ]
    for (name, isGiven) in meaningless where isGiven {
      throw .settingOfSteps(name: name, optimizer: optimizer.name)
    }
  }
}

extension TrainingSettings {
  private func require(
    _ value: Double, as name: String, _ requirement: String, _ holds: (Double) -> Bool
  ) throws(NetworkError) {
    guard value.isFinite, holds(value) else {
      throw .badSetting(name: name, requirement: requirement, found: "\(value)")
    }
  }
}

/// The key of a training's random numbers.
///
/// Trials have none of their own: two trials on the same fold begin with the same weights, so that only their
/// settings differ.
public struct FitKey: Sendable, Hashable, Codable {
  /// The seed of the experiment.
  public var seed: UInt64
  /// Which fold; 0 for a fit on everything.
  public var fold: Int
  /// Which replica; 0 for a single one.
  public var replica: Int
  /// Which repetition of the whole experiment.
  public var repetition: SeedRepetition

  /// The key of a training.
  public init(seed: UInt64, fold: Int = 0, replica: Int = 0, repetition: SeedRepetition = .first) {
    self.seed = seed
    self.fold = fold
    self.replica = replica
    self.repetition = repetition
  }

  /// The seed of a purpose, which may differ between repetitions.
  public func seed(for purpose: RandomPurpose) -> UInt64 { repetition.seed(seed, for: purpose) }

  /// The key of the same training on a fold.
  public func onFold(_ fold: Int) -> FitKey {
    FitKey(seed: seed, fold: fold, replica: replica, repetition: repetition)
  }

  /// A stream of this training.
  func stream(_ purpose: RandomPurpose, _ index: Int) -> RandomStream {
    RandomStream(seed: seed(for: purpose), purpose, fold, replica, index)
  }
}
