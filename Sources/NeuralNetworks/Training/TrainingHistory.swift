/// What a training went through, an entry an epoch.
public struct TrainingHistory: Sendable, Hashable, Codable {
  /// The mean loss over the batches of each epoch, before each update.
  public var trainingLoss: [Double] = []
  /// The loss of the validation part behind each epoch; empty without one.
  public var validationLoss: [Double] = []
  /// What was asked about the batches of each epoch, each before its update, as means; empty if nothing was.
  public var trainingScores: [[Double]] = []
  /// What was asked about the validation part behind each epoch: a list of scores an epoch; empty if nothing was.
  public var validationScores: [[Double]] = []
  /// The learning rate of the last step of each epoch; empty for minimizers, which have none.
  public var learningRates: [Double] = []
  /// The length of the loss's gradient over the last batch of each epoch.
  public var gradientNorms: [Double] = []
  /// The epoch whose parameters the network has, from one.
  public var bestEpoch = 0
  /// Why the training ended before its last epoch; nil if it did not.
  public var stopReason: StopReason?

  /// Why a training ended.
  public enum StopReason: String, Sendable, Hashable, Codable {
    /// The validation loss no longer fell.
    case noImprovement
    /// A minimizer had nothing more to gain.
    case converged
    /// A callback wanted it.
    case callback
  }

  /// Whether early stopping ended the training.
  public var stoppedEarly: Bool { stopReason == .noImprovement }

  /// A history of no epochs.
  public init() {}

  /// Reads a history; those of older files have no learning rates and gradients.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    trainingLoss = try container.decode([Double].self, forKey: .trainingLoss)
    validationLoss = try container.decode([Double].self, forKey: .validationLoss)
    trainingScores = try container.decode([[Double]].self, forKey: .trainingScores)
    validationScores = try container.decode([[Double]].self, forKey: .validationScores)
    learningRates = try container.decodeIfPresent([Double].self, forKey: .learningRates) ?? []
    gradientNorms = try container.decodeIfPresent([Double].self, forKey: .gradientNorms) ?? []
    bestEpoch = try container.decode(Int.self, forKey: .bestEpoch)
    stopReason = try container.decodeIfPresent(StopReason.self, forKey: .stopReason)
  }

  /// The number of epochs.
  public var epochs: Int { trainingLoss.count }
}
