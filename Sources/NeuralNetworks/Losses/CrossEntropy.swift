import Autodiff
import Components

/// The cross-entropy `−Σ y log softmax(z)` of logits z; its derivative with respect to them is `softmax(z) − y`.
public struct CrossEntropy: Loss {
  /// The cross-entropy.
  public init() {}

  static let component = Component<any Loss>(
    "cross-entropy", help: "The cross-entropy of classes; the network gives logits."
  ) { _ in CrossEntropy() }

  public var name: String { "cross-entropy" }
  public var takesClasses: Bool { true }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    output.softmaxCrossEntropy(target)
  }
}
