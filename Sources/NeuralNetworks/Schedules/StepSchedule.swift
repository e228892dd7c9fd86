import Components
import Tensors

/// A rate that falls by a factor every few epochs: `η γ^⌊epoch / size⌋`.
public struct StepSchedule: Schedule, Hashable {
  /// The epochs between two falls.
  public var stepSize: Int
  /// γ, the factor.
  public var gamma: Double

  /// A rate that falls in steps.
  public init(stepSize: Int, gamma: Double = 0.1) {
    self.stepSize = stepSize
    self.gamma = gamma
  }

  private static let sizeParameter = Parameter<Int>(
    "step-size", "at least 1", help: "The epochs between two falls."
  ) { $0 >= 1 }
  private static let gammaParameter = Parameter<Double>(
    "gamma", default: 0.1, "above 0 and at most 1", help: "The factor of a fall."
  ) { $0 > 0 && $0 <= 1 }
  static let component = Component<any Schedule>(
    "step", help: "A rate that falls by a factor every few epochs.", swift: "StepSchedule(step-size, gamma)",
    parameters: [sizeParameter, gammaParameter]
  ) { StepSchedule(stepSize: $0[sizeParameter], gamma: $0[gammaParameter]) }

  public var name: String { "step" }

  public func rate(base: Double, at progress: TrainingProgress) -> Double {
    base * Double.pow(gamma, Double(progress.epoch / max(stepSize, 1)))
  }
}

extension Schedule where Self == StepSchedule {
  /// A rate that falls by a factor every few epochs.
  public static func step(_ stepSize: Int, gamma: Double = 0.1) -> StepSchedule {
    StepSchedule(stepSize: stepSize, gamma: gamma)
  }
}
