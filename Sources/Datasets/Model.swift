import Tensors

/// A fitted model: networks and learners alike.
public protocol Model: Sendable {
  /// The prediction for each example, examples × outputs: values, or for classes the logits or probabilities. An
  /// example's prediction does not depend on the others in the batch.
  func predict(_ inputs: Tensor<Double>) -> Tensor<Double>
}
