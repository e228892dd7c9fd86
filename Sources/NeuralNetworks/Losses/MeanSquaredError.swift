import Autodiff
import Components

/// The mean over the outputs of `(a − y)²`.
public struct MeanSquaredError: Loss, Hashable {
  /// The mean squared error.
  public init() {}

  static let component = Component<any Loss>(
    "mse", help: "The mean squared error.", swift: "MeanSquaredError()"
  ) { _ in MeanSquaredError()
  }

  public var name: String { "mse" }
  public var targets: LossTargets { .values }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    mean((output - target).map(.square))
  }
}
