import Foundation

/// Everything that a training needs to go on behind an epoch as if it had never been interrupted.
///
/// Numbers are kept as Doubles, which hold every Float exactly; JSON writes the shortest text that reads back as the
/// same bits.
public struct Checkpoint: Codable, Sendable {
  /// The epochs so far.
  public let epoch: Int
  let step: Int
  let key: FitKey
  let parameters: [Double]
  let best: [Double]
  let history: TrainingHistory
  let updater: UpdaterState

  /// The text of a file.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try encoder.encode(self)
  }

  /// Reads the text of a file.
  public init(decoding data: Data) throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    self = try decoder.decode(Checkpoint.self, from: data)
  }

  init(
    epoch: Int, step: Int, key: FitKey, parameters: [Double], best: [Double], history: TrainingHistory,
    updater: UpdaterState
  ) {
    self.epoch = epoch
    self.step = step
    self.key = key
    self.parameters = parameters
    self.best = best
    self.history = history
    self.updater = updater
  }
}

/// When checkpoints are made, and what becomes of them.
public struct Checkpoints: Sendable {
  /// How many epochs lie between two.
  public var interval: Int
  /// Keeps one, in a file for example.
  public var keep: @Sendable (Checkpoint) -> Void

  /// A checkpoint behind every so many epochs.
  public init(every interval: Int, keep: @escaping @Sendable (Checkpoint) -> Void) {
    self.interval = interval
    self.keep = keep
  }
}
