import Autodiff
import Components
import Kernels
import Tensors

// Losses of classes beside the cross-entropy of several.

/// The mean over the outputs of `log(1 + eᶻ) − t z`, the cross-entropy of the sigmoid of a logit z; t is 1 for the second
/// of two classes, or a probability.
public struct BinaryCrossEntropy: Loss, Hashable {
  /// How far targets are drawn to ½.
  public var labelSmoothing: Double

  /// The cross-entropy of two classes.
  public init(labelSmoothing: Double = 0) { self.labelSmoothing = labelSmoothing }

  static let component = Component<any Loss>(
    "binary-cross-entropy", help: "The cross-entropy of two classes; the network gives one logit.",
    swift: "BinaryCrossEntropy(label-smoothing)",
    parameters: [CrossEntropy.smoothingParameter]
  ) { BinaryCrossEntropy(labelSmoothing: $0[CrossEntropy.smoothingParameter]) }

  public var name: String { "binary-cross-entropy" }
  public var arguments: [RecipeArgument] { [.init("label-smoothing", labelSmoothing)] }
  public var targets: LossTargets { .binary }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    let smooth = labelSmoothing == 0 ? target : (1 - labelSmoothing) * target + 0.5 * labelSmoothing
    return mean(output.map(.softplus) - smooth * output)
  }

  public func predictions(_ output: Variable) -> Variable { Self.twoClasses(output) }

  /// A logit as those of two classes, the first one's zero: their softmax is the sigmoid.
  static func twoClasses(_ output: Variable) -> Variable {
    guard output.shape.count == 1 else { return output }
    return Variable.concatenated([(0 * output), output])
  }
}

/// The mean of `max(0, 1 − t z)` with t = ∓1 for the first and the second of two classes.
public struct Hinge: Loss, Hashable {
  /// The loss of support vector machines.
  public init() {}

  static let component = Component<any Loss>(
    "hinge", help: "The margin of two classes; the network gives one score.", swift: "Hinge()"
  ) { _ in Hinge() }

  public var name: String { "hinge" }
  public var targets: LossTargets { .binary }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    mean((1 - (2 * target - 1) * output).map(.relu))
  }

  public func predictions(_ output: Variable) -> Variable { BinaryCrossEntropy.twoClasses(output) }
}

/// `max(0, 1 + max z_other − z_class)`: the margin to the best of the other classes (Crammer and Singer 2001).
public struct CategoricalHinge: Loss, Hashable {
  /// The margin of several classes.
  public init() {}

  static let component = Component<any Loss>(
    "categorical-hinge", help: "The margin of several classes; the network gives a score for each.",
    swift: "CategoricalHinge()"
  ) { _ in CategoricalHinge() }

  public var name: String { "categorical-hinge" }
  public var targets: LossTargets { .classes }

  public func perSample(_ output: Variable, _ target: Variable) -> Variable {
    let own = (output * target).summedOverElements()
    // The class itself is out of the running.
    let others = (output - 1e30 * target).max(axes: [0])
    return (1 + others - own).map(.relu)
  }
}
