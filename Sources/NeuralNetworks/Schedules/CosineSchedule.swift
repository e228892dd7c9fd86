import Components
import Tensors

/// A rate that falls along half a cosine, with warm restarts if wanted (SGDR: Loshchilov and Hutter 2017):
/// `η_min + (η − η_min)/2 · (1 + cos(π T / T_i))`, where T counts the epochs since the last restart, broken ones too.
///
/// Without a period there is one cycle over all epochs. Period i is `period · multiplierⁱ` epochs long. A warm-up comes
/// before the first cycle: step s of its w steps has the rate `η (s + 1) / w`.
public struct CosineSchedule: Schedule, Hashable {
  /// The epochs of the first cycle; nil for all that are planned.
  public var period: Double?
  /// How much longer each cycle is than the one before.
  public var multiplier: Double
  /// The epochs in which the rate rises from zero first.
  public var warmUp: Double
  /// η_min, the rate at the end of a cycle.
  public var minimum: Double

  /// A rate that falls along half a cosine.
  public init(period: Double? = nil, multiplier: Double = 1, warmUp: Double = 0, minimum: Double = 0) {
    self.period = period
    self.multiplier = multiplier
    self.warmUp = warmUp
    self.minimum = minimum
  }

  private static let periodParameter = Parameter<Double?>(
    "period", default: .some(nil), "above 0 and finite", help: "The epochs of the first cycle; none for all."
  ) { $0.map { $0 > 0 && $0.isFinite } ?? true }
  private static let multiplierParameter = Parameter<Double>(
    "multiplier", default: 1, "at least 1 and finite",
    help: "How much longer each cycle is than the one before."
  ) { $0 >= 1 && $0.isFinite }
  private static let warmUpParameter = Parameter<Double>(
    "warm-up", default: 0, "at least 0 and finite", help: "The epochs in which the rate rises first."
  ) { $0 >= 0 && $0.isFinite }
  private static let minimumParameter = Schedules.minimum("The rate at the end of a cycle.")
  static let component = Component<any Schedule>(
    "cosine", help: "A rate that falls along half a cosine, with warm restarts if wanted.",
    swift: "CosineSchedule(period, multiplier, warm-up, minimum)",
    parameters: [periodParameter, multiplierParameter, warmUpParameter, minimumParameter]
  ) {
    CosineSchedule(
      period: $0[periodParameter], multiplier: $0[multiplierParameter], warmUp: $0[warmUpParameter],
      minimum: $0[minimumParameter])
  }

  public var name: String { "cosine" }

  public func rate(base: Double, at progress: TrainingProgress) -> Double {
    let warmUpSteps = warmUp * Double(progress.stepsPerEpoch)
    if Double(progress.steps) < warmUpSteps {
      return base * min((Double(progress.steps) + 1) / warmUpSteps, 1)
    }
    let (time, length) = cycle(progress.time - warmUp, planned: Double(progress.epochs) - warmUp)
    return minimum + (base - minimum) / 2 * (1 + Double.cos(.pi * time / length))
  }

  /// The time since the last restart and the length of its cycle.
  private func cycle(_ time: Double, planned: Double) -> (time: Double, length: Double) {
    guard let period, period > 0 else { return (min(time, planned), max(planned, .leastNormalMagnitude)) }
    if multiplier <= 1 { return (time - (time / period).rounded(.down) * period, period) }
    // Cycles grow by a factor, so that few of them reach any epoch.
    var (start, length) = (0.0, period)
    while time >= start + length {
      start += length
      length *= multiplier
    }
    return (time - start, length)
  }
}

extension Schedule where Self == CosineSchedule {
  /// A rate that falls along half a cosine, with warm restarts if wanted.
  public static func cosine(
    period: Double? = nil, multiplier: Double = 1, warmUp: Double = 0, minimum: Double = 0
  ) -> CosineSchedule {
    CosineSchedule(period: period, multiplier: multiplier, warmUp: warmUp, minimum: minimum)
  }
}
