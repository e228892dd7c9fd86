import Components
import NeuralNetworks

/// The key `train`: how the network is trained.
enum TrainSection {
  static let loss = Parameter<RecipeNode?>("loss", default: nil, help: "What training makes small.")
  static let optimizer = Parameter<RecipeNode?>("optimizer", default: nil, help: "The rule of a step.")
  static let learningRate = Parameter<Double?>(
    "learning-rate", default: .some(nil), "above 0", help: "The step size."
  ) { $0.map { $0 > 0 } ?? true }
  static let epochs = Parameter<Int>(
    "epochs", default: 100, "at least 1", help: "The most passes over the training part."
  ) { $0 >= 1 }
  static let batchSize = Parameter<BatchSize>(
    "batch-size", default: .samples(32), "at least 1, or full", help: "The samples of a step."
  ) { $0.isPositive }
  static let shuffle = Parameter<Bool>(
    "shuffle", default: true, help: "Whether each epoch goes through the samples in a new order.")
  static let initializer = Parameter<RecipeNode?>("initializer", default: nil, help: "How weights begin.")
  static let earlyStopping = Parameter<RecipeNode?>(
    "early-stopping", default: nil, help: "When to stop early, and where to go back to.")

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
    parameters: [monitor, window, patience, minimumDelta, restore]
  ) {
    EarlyStopping(
      window: $0[window], patience: $0[patience], minimumDelta: $0[minimumDelta], restore: $0[restore])
  }

  /// How many samples a step sees.
  enum BatchSize: RecipeValue {
    case samples(Int)
    case full

    static var typeDescription: String { "a whole number or full" }

    init?(recipe node: RecipeNode) {
      if let count = Int(recipe: node) {
        self = .samples(count)
      } else if String(recipe: node) == "full" {
        self = .full
      } else {
        return nil
      }
    }

    var recipeText: String {
      switch self {
      case .samples(let count): "\(count)"
      case .full: "full"
      }
    }

    var isPositive: Bool { self == .full || count.map { $0 > 0 } ?? false }

    var count: Int? {
      if case .samples(let count) = self { return count }
      return nil
    }
  }

  static let parameters: [any AnyParameter] = [
    loss, optimizer, learningRate, epochs, batchSize, shuffle, initializer, earlyStopping,
  ]

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
      let rule = arguments[TrainSection.optimizer]
      var optimizer: any Optimizer = Adam()
      if let rule { optimizer = try Optimizers.catalog.decode(rule) }
      if let rate = arguments[learningRate] {
        if let rule, givesRate(rule) {
          throw Problem(
            RecipeError.conflict(
              "learning-rate", "optimizer", reason: "both give the step size"),
            at: arguments.given["learning-rate"]?.position ?? arguments.position)
        }
        optimizer.learningRate = rate
      }
      return TrainingSettings(
        loss: try arguments[loss].map { try Losses.catalog.decode($0) } ?? defaultLoss, optimizer: optimizer,
        epochs: arguments[epochs], batchSize: arguments[batchSize].count, isShuffled: arguments[shuffle],
        initializer: try arguments[initializer].map { try Initializers.catalog.decode($0) }
          ?? GlorotInitializer(),
        earlyStopping: try arguments[earlyStopping].map { try stopping.decode(map: $0) }, precision: precision
      )
    }
  }

  private static func givesRate(_ node: RecipeNode) -> Bool {
    guard let call = try? Optimizers.catalog.labeledCall(node), case .call(_, let arguments) = call.kind
    else {
      return false
    }
    return arguments.contains { $0.label == "learning-rate" }
  }
}
