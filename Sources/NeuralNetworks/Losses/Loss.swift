import Autodiff
import Components
import Datasets
import Tensors

/// What training makes small: a number a sample, averaged over the batch.
public protocol Loss: Sendable {
  /// The name in recipes.
  var name: String { get }
  /// The settings that a recipe would give.
  var arguments: [RecipeArgument] { get }
  /// Which targets it takes.
  var targets: LossTargets { get }
  /// The numbers that the network has to give for a sample, for data with so many targets or classes.
  func outputCount(targets: Int) -> Int
  /// Writes the loss of each sample down, from the network's output and the targets, both vectors.
  func perSample(_ output: Variable, _ target: Variable) -> Variable
  /// Writes the loss of a batch down, given the weight of every sample; a mean of the losses of the samples unless a
  /// loss couples them.
  func total(_ output: Variable, _ batch: LossBatch) throws(NetworkError) -> Variable
  /// Whether the loss of a batch is more than the mean of those of its samples.
  var couplesSamples: Bool { get }
  /// What the network predicts, in the form of the targets: values, or a score for every class.
  func predictions(_ output: Variable) -> Variable
}

/// What a loss knows of a batch beside the network's output.
public struct LossBatch {
  /// The targets of each sample, a vector.
  public let target: Variable
  /// The weight of each sample, 0 for what fills the batch up; they add up to one but for weights of classes or samples.
  public let weight: Variable
  /// The samples of a batch; all of them if it is a full one.
  public let size: Int
  /// Whether every batch has all samples.
  public let isFull: Bool
  /// The inverse of the lower Cholesky factor of the covariance of the targets, where the data have one.
  public let whitening: Tensor<Double>?
  /// One over the error of each sample's targets, where the data have errors.
  public let inverseError: Variable?
}

/// The targets that a loss takes.
public enum LossTargets: Sendable, Hashable {
  /// Numbers.
  case values
  /// Classes; a target is one for its class and zero for the others.
  case classes
  /// Two classes, the target 0 for the first and 1 for the second; or numbers between 0 and 1.
  case binary
}

extension Loss {
  /// Whether targets are classes; otherwise they are values.
  public var takesClasses: Bool { targets != .values }
  public var arguments: [RecipeArgument] { [] }
  /// The loss as a recipe would name it, with all its settings.
  public var recipe: RecipeNode { RecipeArgument.component(name, arguments) }
  public var couplesSamples: Bool { false }
  public func outputCount(targets: Int) -> Int { self.targets == .binary && targets == 2 ? 1 : targets }
  public func total(_ output: Variable, _ batch: LossBatch) throws(NetworkError) -> Variable {
    (perSample(output, batch.target) * batch.weight).summedOverSamples()
  }
  public func predictions(_ output: Variable) -> Variable { output }

  /// The mean over the outputs of a sample.
  func mean(_ values: Variable) -> Variable {
    (1 / Double(values.shape.count)) * values.summedOverElements()
  }
}

/// All losses: what `loss:` can name.
public enum Losses {
  /// The losses by name.
  public static let catalog = Catalog<any Loss>(
    "loss",
    [
      MeanSquaredError.component, HalfSquaredError.component, MeanAbsoluteError.component, Huber.component,
      LogCosh.component, Quantile.component, ChiSquared.component, GaussianNegativeLogLikelihood.component,
      Poisson.component, CrossEntropy.component, BinaryCrossEntropy.component, Hinge.component,
      CategoricalHinge.component, KullbackLeibler.component,
    ])
}

extension Loss where Self == MeanSquaredError {
  /// The mean of the squared differences.
  public static var meanSquaredError: MeanSquaredError { MeanSquaredError() }
}

extension Loss where Self == HalfSquaredError {
  /// Half the sum of the squared differences.
  public static var halfSquaredError: HalfSquaredError { HalfSquaredError() }
}

extension Loss where Self == MeanAbsoluteError {
  /// The mean of the absolute differences.
  public static var meanAbsoluteError: MeanAbsoluteError { MeanAbsoluteError() }
}

extension Loss where Self == CrossEntropy {
  /// The cross-entropy of the softmax of logits.
  public static var crossEntropy: CrossEntropy { CrossEntropy() }
  /// The cross-entropy with smoothed targets.
  public static func crossEntropy(labelSmoothing: Double) -> CrossEntropy {
    CrossEntropy(labelSmoothing: labelSmoothing)
  }
}

extension Loss where Self == BinaryCrossEntropy {
  /// The cross-entropy of the sigmoid of one logit.
  public static var binaryCrossEntropy: BinaryCrossEntropy { BinaryCrossEntropy() }
}

extension Loss where Self == ChiSquared {
  /// The squared differences weighed by the covariance of the data.
  public static var chiSquared: ChiSquared { ChiSquared() }
}

extension Loss where Self == CustomLoss {
  /// A loss of one's own: a number for a sample, from the network's output and the targets.
  public static func custom(
    _ name: String = "custom", targets: LossTargets = .values,
    _ body: @escaping (_ output: Variable, _ target: Variable) -> Variable
  ) -> CustomLoss {
    CustomLoss(name, targets: targets, body)
  }
}
