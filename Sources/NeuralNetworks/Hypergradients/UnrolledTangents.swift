import Autodiff
import Datasets
import Tensors

/// The derivatives of a training's parameters by hyperparameters, carried forward beside its steps in Double.
final class UnrolledTangents {
  private let settings: TrainingSettings
  private let smooth: [SmoothSetting]
  private let curvature: LossCurvature
  private var steps: any TangentSteps
  /// The derivative of all trained parameters by each hyperparameter.
  private(set) var values: [[Double]]

  init(
    _ network: Sequential, _ training: Dataset, _ settings: TrainingSettings, _ smooth: [SmoothSetting],
    batchSize: Int, weights: [Double]?, key: FitKey, programs: ProgramStore
  ) throws(NetworkError) {
    guard let rule = settings.optimizer as? any SmoothRule else {
      throw .noHypergradient(
        of: "the steps of \(settings.optimizer.name)", reason: "those of sgd, adam and adamw have one")
    }
    self.settings = settings
    self.smooth = smooth
    curvature = try LossCurvature(
      network, training, loss: settings.loss, isTraining: true, blockSize: batchSize, weights: weights,
      key: key, programs: programs)
    let count = curvature.isPenalized.count
    steps = rule.tangentSteps(count: count)
    // Where training begins does not depend on how it goes on.
    values = smooth.map { _ in [Double](repeating: 0, count: count) }
  }

  /// Follows a step from a point, over a batch, at a step size that has a slope by the base of the schedule.
  func follow(
    from point: [Double], over batch: ArraySlice<Int32>, step number: Int, rate: Double, rateSlope: Double
  ) {
    var (gradient, products) = curvature.products(at: point, along: values, over: batch, step: number)
    let isDecoupled = settings.optimizer is any DecoupledDecay
    let (l2, l1) = (settings.penalty.l2, settings.penalty.l1)
    for index in point.indices where curvature.isPenalized[index] {
      let weight = point[index]
      gradient[index] += l2 * weight + l1 * (weight > 0 ? 1 : weight < 0 ? -1 : 0)
      for (place, setting) in smooth.enumerated() {
        products[place][index] += l2 * values[place][index]
        if setting == .weightDecay, !isDecoupled { products[place][index] += weight }
      }
    }
    steps.move(
      &values,
      over: TangentStep(
        number: number, rate: rate, rateSlope: rateSlope, point: point, gradient: gradient,
        isPenalized: curvature.isPenalized, settings: smooth, gradientTangents: products))
  }
}
