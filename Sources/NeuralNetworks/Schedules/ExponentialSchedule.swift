import Components
import Tensors

/// A rate that falls by the same factor every epoch: `η γ^epoch`.
public struct ExponentialSchedule: Schedule, Hashable {
  /// γ, the factor.
  public var gamma: Double

  /// A rate that falls by a factor every epoch.
  public init(gamma: Double) { self.gamma = gamma }

  private static let gammaParameter = Parameter<Double>(
    "gamma", "above 0 and at most 1", help: "The factor of an epoch."
  ) { $0 > 0 && $0 <= 1 }
  static let component = Component<any Schedule>(
    "exponential", help: "A rate that falls by the same factor every epoch.",
    swift: "ExponentialSchedule(gamma)", parameters: [gammaParameter]
  ) { ExponentialSchedule(gamma: $0[gammaParameter]) }

  public var name: String { "exponential" }

  public func rate(base: Double, at progress: TrainingProgress) -> Double {
    base * Double.pow(gamma, Double(progress.epoch))
  }
}

extension Schedule where Self == ExponentialSchedule {
  /// A rate that falls by the same factor every epoch.
  public static func exponential(gamma: Double) -> ExponentialSchedule { ExponentialSchedule(gamma: gamma) }
}
