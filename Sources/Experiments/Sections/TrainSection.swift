import Components
import NeuralNetworks

/// The key `train`: how the network is trained.
enum TrainSection {
  static let loss = Parameter<RecipeNode?>("loss", default: nil, help: "What training makes small.")
  static let optimizer = Parameter<RecipeNode?>("optimizer", default: nil, help: "The rule of a step.")
  static let learningRate = Parameter<Double?>(
    "learning-rate", default: .some(nil), "above 0 and finite", help: "The step size."
  ) { $0.map { $0 > 0 && $0.isFinite } ?? true }
  static let schedule = Parameter<RecipeNode?>(
    "schedule", default: nil, help: "How the step size changes while training runs.")
  static let epochs = Parameter<Int>(
    "epochs", default: 100, "at least 1", help: "The most passes over the training part."
  ) { $0 >= 1 }
  static let batchSize = Parameter<BatchSize>(
    "batch-size", default: .automatic, "at least 1, or full",
    help: "The samples of a step; all where there are fewer than 32."
  ) { size in
    if case .samples(let count) = size { count >= 1 } else { true }
  }
  static let classWeights = Parameter<ClassWeightSetting>(
    "class-weights", default: ClassWeightSetting(weights: .none), "at least 0 and finite",
    help: "How much the examples of each class count: balanced, or a number a class."
  ) { $0.isValid }
  static let shuffle = Parameter<Bool>(
    "shuffle", default: true, help: "Whether each epoch goes through the samples in a new order.")
  static let weightDecay = Parameter<Double?>(
    "weight-decay", default: .some(nil), "at least 0 and finite",
    help: "How strongly weights are drawn to zero."
  ) { $0.map { $0 >= 0 && $0.isFinite } ?? true }
  static let l1 = Parameter<Double>(
    "l1", default: 0, "at least 0 and finite", help: "The penalty on the sizes of weights."
  ) { $0 >= 0 && $0.isFinite }
  static let gradientClip = Parameter<ClipSetting?>(
    "gradient-clip", default: .some(nil), "above 0 and finite", help: "How large gradients may be."
  ) { $0.map { $0.clip.limit > 0 && $0.clip.limit.isFinite } ?? true }
  static let averageWeights = Parameter<Double?>(
    "average-weights", default: .some(nil), "at least 0 and below 1",
    help: "The momentum of a moving mean of the parameters, which is kept in their place."
  ) { $0.map { (0..<1).contains($0) } ?? true }
  static let initializer = Parameter<RecipeNode?>("initializer", default: nil, help: "How weights begin.")
  static let earlyStopping = Parameter<RecipeNode?>(
    "early-stopping", default: nil, help: "When to stop early, and where to go back to.")

  static let snapshots = Parameter<[Int]>(
    "snapshots", default: [], "whole numbers of at least 0",
    help: "The epochs behind which the network is scored, or how many of them."
  ) { $0.allSatisfy { $0 >= 0 } }

  static let window = Parameter<Int>(
    "window", default: 1, "at least 1", help: "The epochs of the moving mean."
  ) { $0 >= 1 }
  static let patience = Parameter<Int>(
    "patience", default: 10, "at least 1", help: "The epochs without a fall."
  ) { $0 >= 1 }
  static let minimumDelta = Parameter<Double>(
    "min-delta", default: 0, "at least 0", help: "The least fall that counts."
  ) { $0 >= 0 }
  static let restore = Parameter<EarlyStopping.Restoration>(
    "restore", default: .best, help: "The epoch whose parameters are kept.")
  static let monitor = Parameter<Monitor>("monitor", default: .loss, help: "What is watched.")

  /// What early stopping may watch.
  enum Monitor: String, NamedChoice {
    case loss = "validation.loss"
  }

  static let stopping = Component<EarlyStopping>(
    "early-stopping", help: "When to stop early.",
    swift: "EarlyStopping(window, patience, minimumDelta min-delta, restore)",
    parameters: [monitor, window, patience, minimumDelta, restore]
  ) {
    EarlyStopping(
      window: $0[window], patience: $0[patience], minimumDelta: $0[minimumDelta], restore: $0[restore])
  }

  static let parameters: [any AnyParameter] = [
    loss, optimizer, learningRate, schedule, epochs, batchSize, shuffle, initializer, weightDecay, l1,
    gradientClip, averageWeights, classWeights, earlyStopping, snapshots,
  ]

  /// How Swift writes the keys.
  static let swiftForm: SwiftForm =
    "TrainingSettings(loss, optimizer, schedule, epochs, batch-size, isShuffled shuffle, initializer, gradient-clip, averaging average-weights, class-weights, early-stopping, snapshots)"

  /// Reads the settings.
  ///
  /// `defaultLoss` is that of the data, `precision` that of the recipe.
  static func settings(
    _ node: RecipeNode, defaultLoss: any Loss, precision: Precision
  ) throws -> TrainingSettings {
    try component(defaultLoss: defaultLoss, precision: precision).decode(map: node)
  }

  private static func component(
    defaultLoss: any Loss, precision: Precision
  ) -> Component<TrainingSettings> {
    Component("train", help: "How the network is trained.", parameters: parameters) { arguments in
      let (optimizer, l2) = try optimizer(arguments)
      return TrainingSettings(
        loss: try arguments[loss].map { try Losses.catalog.decode($0) } ?? defaultLoss, optimizer: optimizer,
        schedule: try arguments[schedule].map { try Schedules.catalog.decode($0) } ?? ConstantSchedule(),
        penalty: Penalty(l2: l2, l1: arguments[l1]), gradientClip: arguments[gradientClip]?.clip,
        averaging: arguments[averageWeights], epochs: arguments[epochs],
        batchSize: arguments[batchSize], classWeights: arguments[classWeights].weights,
        isShuffled: arguments[shuffle],
        initializer: try arguments[initializer].map { try Initializers.catalog.decode($0) }
          ?? GlorotInitializer(),
        earlyStopping: try arguments[earlyStopping].map { try stopping.decode(map: $0) },
        precision: precision,
        snapshots: SnapshotEpochs.epochs(arguments[snapshots], of: arguments[epochs]))
    }
  }

  /// The optimizer, with the settings that may stand beside it, and the penalty λ₂ on weights.
  ///
  /// `weight-decay` is the optimizer's own where it lets weights shrink by itself, otherwise a penalty.
  private static func optimizer(_ arguments: Arguments) throws -> (any Optimizer, l2: Double) {
    let rule = arguments[TrainSection.optimizer]
    var optimizer: any Optimizer = Adam()
    if let rule { optimizer = try Optimizers.catalog.decode(rule) }
    if let rate = arguments[learningRate] {
      try refuseTwice("learning-rate", rule, arguments, reason: "both give the step size")
      optimizer.learningRate = rate
    }
    try checkMinimizer(optimizer, arguments)
    guard let decay = arguments[weightDecay] else { return (optimizer, 0) }
    guard var decaying = optimizer as? any DecoupledDecay else { return (optimizer, decay) }
    try refuseTwice("weight-decay", rule, arguments, reason: "both give the decay of weights")
    decaying.weightDecay = decay
    return (decaying, 0)
  }

  /// Throws if the optimizer gives a setting as well.
  private static func refuseTwice(
    _ name: String, _ rule: RecipeNode?, _ arguments: Arguments, reason: String
  ) throws {
    guard let rule, let call = try? Optimizers.catalog.labeledCall(rule),
      case .call(_, let own) = call.kind, own.contains(where: { $0.label == name })
    else { return }
    throw Problem(
      RecipeError.conflict(name, "optimizer", reason: reason),
      at: arguments.given[name]?.position ?? arguments.position)
  }

  /// Throws if a setting of the steps of batches is given to an optimizer that takes none.
  private static func checkMinimizer(_ optimizer: any Optimizer, _ arguments: Arguments) throws {
    guard optimizer is any Minimizer else { return }
    var meaningless = ["schedule", "gradient-clip", "average-weights", "shuffle"]
    if arguments[batchSize] != .full { meaningless.append("batch-size") }
    for name in meaningless {
      guard let node = arguments.given[name] else { continue }
      throw Problem(
        RecipeError.conflict(
          name, optimizer.name, reason: "\(optimizer.name) minimizes over all data at once"),
        at: node.position)
    }
  }
}
