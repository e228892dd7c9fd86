import Autodiff
import Components

/// The cross-entropy `−Σ y log softmax(z)` of logits z; its derivative with respect to them is `softmax(z) − y`.
public struct CrossEntropy: Loss, Hashable {
  /// How far the targets are drawn to an equal distribution (Szegedy and others, 2016).
  public var labelSmoothing: Double

  /// The cross-entropy.
  public init(labelSmoothing: Double = 0) { self.labelSmoothing = labelSmoothing }

  static let smoothingParameter = Parameter<Double>(
    "label-smoothing", default: 0, "at least 0 and below 1",
    help: "How far targets are drawn to an equal distribution."
  ) { (0..<1).contains($0) }
  static let component = Component<any Loss>(
    "cross-entropy", help: "The cross-entropy of classes; the network gives logits.",
    swift: "CrossEntropy(label-smoothing)",
    parameters: [smoothingParameter]
  ) { CrossEntropy(labelSmoothing: $0[smoothingParameter]) }

  public var name: String { "cross-entropy" }
  public var arguments: [RecipeArgument] { [.init("label-smoothing", labelSmoothing)] }
  public var targets: LossTargets { .classes }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    guard labelSmoothing > 0 else { return output.softmaxCrossEntropy(target) }
    let share = labelSmoothing / Double(target.shape.count)
    return output.softmaxCrossEntropy((1 - labelSmoothing) * target + share)
  }
}
