import Autodiff
import Datasets
import Tensors

extension LossBatch {
  /// What a loss knows of batches of data.
  init(
    _ loss: any Loss, _ data: Dataset, in graph: Graph, size: Int, weight: Variable
  ) throws(NetworkError) {
    let targets =
      loss.targets == .binary && data.outputCount == 2 && data.classes != nil ? 1 : data.outputCount
    var whitening: Tensor<Double>?
    if loss.couplesSamples, let covariance = data.covariance {
      guard let factor = Cholesky(covariance) else { throw .covarianceNotPositive(size: covariance.rows) }
      whitening = factor.inverseLower
    }
    self.init(
      target: graph.input("target", [targets]), weight: weight, size: size, isFull: size == data.count,
      whitening: whitening,
      inverseError: loss.couplesSamples && data.errors != nil && whitening == nil
        ? graph.input("inverse-error", []) : nil)
  }
}
