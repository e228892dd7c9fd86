import Components

/// Ends a training when the validation loss no longer falls, and goes back to where it was lowest.
///
/// The loss is looked at in a moving window: it has to fall on average, so that one lucky epoch neither ends
/// nor prolongs anything.
public struct EarlyStopping: Sendable, Hashable {
  /// Which parameters a training ends with.
  public enum Restoration: String, NamedChoice {
    /// Those of the epoch with the lowest validation loss.
    case best
    /// Those of the last epoch.
    case last
  }

  /// How many epochs the moving mean covers.
  public var window: Int
  /// How many epochs the moving mean may fail to fall.
  public var patience: Int
  /// The least fall that counts.
  public var minimumDelta: Double
  /// Which parameters the training ends with.
  public var restore: Restoration

  /// Early stopping.
  public init(window: Int = 1, patience: Int = 10, minimumDelta: Double = 0, restore: Restoration = .best) {
    self.window = window
    self.patience = patience
    self.minimumDelta = minimumDelta
    self.restore = restore
  }
}

/// What early stopping remembers while a training runs.
struct StoppingState {
  private let rule: EarlyStopping
  private var recent: [Double] = []
  private var lowestMean = Double.infinity
  private var failures = 0
  /// The epoch with the lowest loss, from one, and the loss.
  private(set) var bestEpoch = 0
  private(set) var bestLoss = Double.infinity

  init(_ rule: EarlyStopping) { self.rule = rule }

  /// Takes an epoch's loss; tells whether it is the lowest so far and whether training should end.
  mutating func observe(_ loss: Double, epoch: Int) -> (isBest: Bool, shouldStop: Bool) {
    let isBest = loss < bestLoss
    if isBest || bestEpoch == 0 { (bestEpoch, bestLoss) = (epoch, loss.isNaN ? .infinity : loss) }
    recent.append(loss)
    if recent.count > rule.window { recent.removeFirst() }
    guard recent.count == rule.window else { return (isBest, false) }
    let mean = recent.reduce(0, +) / Double(rule.window)
    if mean < lowestMean - rule.minimumDelta {
      lowestMean = mean
      failures = 0
    } else {
      failures += 1
    }
    return (isBest, failures >= rule.patience)
  }
}
