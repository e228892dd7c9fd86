import Components

/// A rate that falls by a factor when the validation loss has not fallen for some epochs (Keras' `ReduceLROnPlateau`).
///
/// An epoch is better if its loss is below the lowest one by more than `min-delta`. Behind as many worse epochs as
/// `patience` says, the rate falls; then come `cooldown` epochs of which only the last is counted again. A loss that
/// is not a number is never better.
public struct PlateauSchedule: Schedule, Hashable {
  /// The factor of a fall.
  public var factor: Double
  /// The worse epochs before a fall.
  public var patience: Int
  /// The least fall of the loss that counts.
  public var minimumDelta: Double
  /// The epochs behind a fall before the count begins again.
  public var cooldown: Int
  /// The lowest rate.
  public var minimum: Double

  private var lowest = Double.infinity
  private var waited = 0
  private var rest = 0
  private var falls = 0

  /// A rate that falls on plateaus of the validation loss.
  public init(
    factor: Double = 0.1, patience: Int = 10, minimumDelta: Double = 1e-4, cooldown: Int = 0,
    minimum: Double = 0
  ) {
    self.factor = factor
    self.patience = patience
    self.minimumDelta = minimumDelta
    self.cooldown = cooldown
    self.minimum = minimum
  }

  private static let factorParameter = Parameter<Double>(
    "factor", default: 0.1, "above 0 and below 1", help: "The factor of a fall."
  ) { $0 > 0 && $0 < 1 }
  private static let patienceParameter = Parameter<Int>(
    "patience", default: 10, "at least 1", help: "The worse epochs before a fall."
  ) { $0 >= 1 }
  private static let deltaParameter = Parameter<Double>(
    "min-delta", default: 1e-4, "at least 0 and finite", help: "The least fall of the loss that counts."
  ) { $0 >= 0 && $0.isFinite }
  private static let cooldownParameter = Parameter<Int>(
    "cooldown", default: 0, "at least 0", help: "The epochs behind a fall before the count begins again."
  ) { $0 >= 0 }
  private static let minimumParameter = Schedules.minimum("The lowest rate.")
  static let component = Component<any Schedule>(
    "reduce-on-plateau", help: "A rate that falls when the validation loss has not fallen for some epochs.",
    swift: "PlateauSchedule(factor, patience, minimumDelta min-delta, cooldown, minimum)",
    parameters: [factorParameter, patienceParameter, deltaParameter, cooldownParameter, minimumParameter]
  ) {
    PlateauSchedule(
      factor: $0[factorParameter], patience: $0[patienceParameter], minimumDelta: $0[deltaParameter],
      cooldown: $0[cooldownParameter], minimum: $0[minimumParameter])
  }

  public var name: String { "reduce-on-plateau" }
  public var needsValidation: Bool { true }

  public func rate(base: Double, at progress: TrainingProgress) -> Double {
    var rate = base
    for _ in 0..<falls where rate > minimum { rate = max(rate * factor, minimum) }
    return rate
  }

  public mutating func observe(validationLoss: Double) {
    if rest > 0 {
      rest -= 1
      waited = 0
    }
    if validationLoss < lowest - minimumDelta {
      lowest = validationLoss
      waited = 0
    } else if rest == 0 {
      waited += 1
      guard waited >= patience else { return }
      falls += 1
      rest = cooldown
      waited = 0
    }
  }
}

extension Schedule where Self == PlateauSchedule {
  /// A rate that falls when the validation loss has not fallen for some epochs.
  public static func reduceOnPlateau(
    factor: Double = 0.1, patience: Int = 10, minimumDelta: Double = 1e-4, cooldown: Int = 0,
    minimum: Double = 0
  ) -> PlateauSchedule {
    PlateauSchedule(
      factor: factor, patience: patience, minimumDelta: minimumDelta, cooldown: cooldown, minimum: minimum)
  }
}
