import Components
import Tensors

/// A rate that rises to its base and falls far below where it began, along half cosines, step by step (Smith and Topin
/// 2018; PyTorch's `OneCycleLR`).
///
/// Of n steps the first, number 0, has the rate `η / division`, number `warm-up · n − 1` the rate η, and the last, number
/// n − 1, the rate `η / (division · final-division)`. Momentum stays as it is.
public struct OneCycleSchedule: Schedule, Hashable {
  /// The share of the steps in which the rate rises.
  public var warmUp: Double
  /// How far below its peak the rate begins.
  public var division: Double
  /// How far below its beginning the rate ends.
  public var finalDivision: Double

  /// A rate that rises once and falls.
  public init(warmUp: Double = 0.3, division: Double = 25, finalDivision: Double = 1e4) {
    self.warmUp = warmUp
    self.division = division
    self.finalDivision = finalDivision
  }

  private static let warmUpParameter = Parameter<Double>(
    "warm-up", default: 0.3, "at least 0 and at most 1",
    help: "The share of the steps in which the rate rises."
  ) { (0...1).contains($0) }
  private static let divisionParameter = Parameter<Double>(
    "division", default: 25, "at least 1 and finite", help: "How far below its peak the rate begins."
  ) { $0 >= 1 && $0.isFinite }
  private static let finalParameter = Parameter<Double>(
    "final-division", default: 1e4, "at least 1 and finite",
    help: "How far below its beginning the rate ends."
  ) { $0 >= 1 && $0.isFinite }
  static let component = Component<any Schedule>(
    "one-cycle", help: "A rate that rises to its base and falls far below where it began.",
    swift: "OneCycleSchedule(warm-up, division, final-division)",
    parameters: [warmUpParameter, divisionParameter, finalParameter]
  ) {
    OneCycleSchedule(
      warmUp: $0[warmUpParameter], division: $0[divisionParameter], finalDivision: $0[finalParameter])
  }

  public var name: String { "one-cycle" }

  public func rate(base: Double, at progress: TrainingProgress) -> Double {
    let step = Double(progress.steps)
    let (first, last) = (base / division, base / division / finalDivision)
    let peak = warmUp * Double(progress.totalSteps) - 1
    let end = Double(progress.totalSteps - 1)
    if step <= peak { return between(first, base, step, of: peak) }
    return between(base, last, step - peak, of: end - peak)
  }

  /// From one rate to another along half a cosine; there already if it has no length.
  private func between(_ start: Double, _ end: Double, _ position: Double, of length: Double) -> Double {
    let share = length > 0 ? min(position / length, 1) : 1
    return end + (start - end) / 2 * (1 + Double.cos(.pi * share))
  }
}

extension Schedule where Self == OneCycleSchedule {
  /// A rate that rises to its base and falls far below where it began.
  public static func oneCycle(
    warmUp: Double = 0.3, division: Double = 25, finalDivision: Double = 1e4
  ) -> OneCycleSchedule {
    OneCycleSchedule(warmUp: warmUp, division: division, finalDivision: finalDivision)
  }
}
