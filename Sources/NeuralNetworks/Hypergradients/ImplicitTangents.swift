import Autodiff
import Datasets
import Tensors

extension Hypergradients {
  /// The derivative of the minimum of the penalized loss by the weight decay, `−[∂²L/∂w² + λ P]⁻¹ P w`, where P keeps the
  /// penalized parameters; for each of the settings, which are that one.
  func implicitTangents(
    _ network: Sequential, at point: [Double], _ training: Dataset, _ settings: TrainingSettings,
    _ series: InverseSeries, programs: ProgramStore
  ) throws(NetworkError) -> [[Double]] {
    let curvature = try LossCurvature(
      network, training, loss: settings.loss, isTraining: false,
      weights: try settings.classWeights.weights(of: training), programs: programs)
    let side = point.indices.map { curvature.isPenalized[$0] ? -point[$0] : 0 }
    let decay = settings.penalty.l2
    let tangent = series.solution(side) { direction in
      let product = curvature.products(at: point, along: [direction]).products[0]
      return direction.indices.map {
        product[$0] + (curvature.isPenalized[$0] ? decay * direction[$0] : 0)
      }
    }
    return self.settings.map { _ in tangent }
  }
}

extension TrainedNetwork {
  /// The derivative of the mean of a loss over data by each hyperparameter whose derivatives were wanted in training:
  /// `∂E/∂w · dw/dλ`, in Double; nil if none were.
  ///
  /// The loss of each example counts by its weight, by the given ones where they are not the data's own.
  public func derivatives(
    of loss: any Loss, on data: Dataset, weights: [Double]? = nil
  ) throws(NetworkError) -> [Double]? {
    guard let tangents else { return nil }
    let curvature = try LossCurvature(network, data, loss: loss, isTraining: false, weights: weights)
    let gradient = curvature.products(at: parameterBlocks.flatMap(\.self)).gradient
    return tangents.map { tangent in Statistics.sum(zip(gradient, tangent).map { $0 * $1 }) }
  }
}
