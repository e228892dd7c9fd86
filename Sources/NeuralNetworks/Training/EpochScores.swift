import Tensors

/// What somebody wants to know of every epoch beside the loss: scores of predictions, in an order of their own.
public struct EpochScores: Sendable {
  /// Scores the outputs for a batch before its update, samples × outputs, given the numbers of its samples within the
  /// training part.
  public var ofBatch: @Sendable (_ outputs: Tensor<Double>, _ samples: [Int]) -> [Double]
  /// Scores the outputs for the validation part behind the epoch, samples × outputs.
  public var ofValidation: @Sendable (_ outputs: Tensor<Double>) -> [Double]

  /// Scores of batches and of the validation part.
  public init(
    ofBatch: @escaping @Sendable (Tensor<Double>, [Int]) -> [Double],
    ofValidation: @escaping @Sendable (Tensor<Double>) -> [Double]
  ) {
    self.ofBatch = ofBatch
    self.ofValidation = ofValidation
  }
}
