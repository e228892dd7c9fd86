import Foundation
import NeuralNetworks

/// A training that pauses, or goes on behind a pause.
public struct PartialTraining: Sendable {
  /// The epoch behind which it pauses.
  public var epochs: Int
  /// Where it paused before; nil to begin anew.
  public var checkpoint: Checkpoint?

  /// A training as far as an epoch.
  public init(epochs: Int, checkpoint: Checkpoint? = nil) {
    self.epochs = epochs
    self.checkpoint = checkpoint
  }
}

/// Keeps the last checkpoint of a training.
final class CheckpointKeeper: @unchecked Sendable {
  private let lock = NSLock()
  private var last: Checkpoint?

  var checkpoint: Checkpoint? { lock.withLock { last } }

  func keep(_ checkpoint: Checkpoint) { lock.withLock { last = checkpoint } }
}
