import Autodiff
import Components
import Datasets
import Tensors

/// What training makes small: a number a sample, averaged over the batch.
public protocol Loss: Sendable {
  /// The name in recipes.
  var name: String { get }
  /// Whether targets are classes; otherwise they are values.
  var takesClasses: Bool { get }
  /// Writes the loss of each sample down, from the network's output and the target of the same shape.
  func perSample(_ output: Variable, _ target: Variable) -> Variable
}

/// All losses: what `loss:` can name.
public enum Losses {
  /// The losses by name.
  public static let catalog = Catalog<any Loss>("loss", [MeanSquaredError.component, CrossEntropy.component])
}

extension Loss where Self == MeanSquaredError {
  /// The mean of the squared differences.
  public static var meanSquaredError: MeanSquaredError { MeanSquaredError() }
}

extension Loss where Self == CrossEntropy {
  /// The cross-entropy of the softmax of logits.
  public static var crossEntropy: CrossEntropy { CrossEntropy() }
}
