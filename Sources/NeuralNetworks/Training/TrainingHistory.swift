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

  /// The number of epochs.
  public var epochs: Int { trainingLoss.count }
}
