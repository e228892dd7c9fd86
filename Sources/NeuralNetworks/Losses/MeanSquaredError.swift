import Autodiff
import Components

/// The mean over the outputs of `(a − y)²`.
public struct MeanSquaredError: Loss {
  /// The mean squared error.
  public init() {}

  static let component = Component<any Loss>("mse", help: "The mean squared error.") { _ in MeanSquaredError()
  }

  public var name: String { "mse" }
  public var takesClasses: Bool { false }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    let squares = (output - target).map(.square).summedOverElements()
    return (1 / Double(output.shape.count)) * squares
  }
}
