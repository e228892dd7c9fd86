import Autodiff
import Datasets
import NeuralNetworks
import Tensors

/// A score whose derivative by predictions is known.
public enum SmoothScore: String, Sendable, CaseIterable {
  /// The mean loss: what a network's training makes small, the mean squared error or the cross-entropy of a learner.
  case loss
  case meanSquaredError = "mse"
  case rootMeanSquaredError = "rmse"
  case logLoss = "log-loss"

  /// The score that a metric is, or the loss without one; nil for a metric without a derivative.
  public init?(_ metric: (any Metric)?) {
    guard let metric else {
      self = .loss
      return
    }
    self.init(rawValue: metric.name)
  }
}

extension FittedStrategy {
  /// The derivative of a score over the given examples by each of the settings that the fit was to be derived by; nil if
  /// there are none.
  public func derivatives(
    of score: SmoothScore, _ data: Dataset, on indices: [Int]
  ) throws(NetworkError) -> [Double]? {
    let part = data.subset(indices)
    switch model {
    case .network(let network, let function):
      let prepared = preparations.apply(to: part)
      guard score != .loss else { return try network.derivatives(of: function, on: prepared) }
      return try network.derivatives(
        of: loss(of: score, function, part), on: prepared, weights: Self.normalized(part.weights))
    case .learner:
      let slopes = slopes(of: score, part)
      let inputs = preparations.apply(to: part).inputs
      var derivatives: [Double] = []
      for tangent in learnerTangents {
        guard let moves = tangent?.predict(inputs) else { return nil }
        derivatives.append(Statistics.sum(zip(moves.elements, slopes.elements).map { $0 * $1 }))
      }
      return derivatives.isEmpty ? nil : derivatives
    }
  }

  /// Weights with a mean of one.
  private static func normalized(_ weights: [Double]?) -> [Double]? {
    guard let weights else { return nil }
    let mean = Statistics.mean(weights)
    return weights.map { $0 / mean }
  }

  /// How far predictions move as the outputs of the model move, by target: what restores them is linear.
  private func stretches(_ count: Int) -> [Double] {
    let zero = preparations.restore(Tensor(repeating: 0, shape: [1, count]))
    let one = preparations.restore(Tensor(repeating: 1, shape: [1, count]))
    return zip(one.elements, zero.elements).map { $0 - $1 }
  }

  /// The factor of the squared differences of each target in a score of values, differences in units of the data.
  private func factors(of score: SmoothScore, _ predictions: Tensor<Double>, _ part: Dataset) -> [Double] {
    let targets = part.targetValues
    let count = Double(targets.columns)
    guard score == .rootMeanSquaredError else {
      return [Double](repeating: 1 / count, count: targets.columns)
    }
    return (0..<targets.columns).map { column in
      let square = part.weightedMean { row in
        (predictions[row, column] - targets[row, column]) * (predictions[row, column] - targets[row, column])
      }
      return 1 / (2 * count * square.squareRoot())
    }
  }

  /// A loss whose mean over a part has the derivatives of a score.
  private func loss(of score: SmoothScore, _ function: any Loss, _ part: Dataset) -> any Loss {
    if score == .logLoss {
      return function.targets == .binary ? BinaryCrossEntropy() : CrossEntropy()
    }
    let factors = factors(of: score, predict(part), part)
    let scales = zip(factors, stretches(factors.count)).map { $0 * $1 * $1 }
    return CustomLoss(score.rawValue) { output, target in
      let scale = output.graph.constant(Tensor(scales, shape: [scales.count]))
      return (function.predictions(output) - target).map(.square) * scale
    }
  }

  /// The derivative of a score by each output of a learner.
  private func slopes(of score: SmoothScore, _ part: Dataset) -> Tensor<Double> {
    let predictions = predict(part)
    var slopes = Tensor<Double>(repeating: 0, shape: predictions.shape)
    let isPlain = score == .loss && part.classes != nil
    let weights = isPlain ? nil : Self.normalized(part.weights)
    let count = Double(part.count)
    if let classes = part.classes {
      for (row, number) in classes.enumerated() {
        slopes[row, number] = -(weights?[row] ?? 1) / (max(predictions[row, number], .ulpOfOne) * count)
      }
      return slopes
    }
    let targets = part.targetValues
    let factors = factors(of: score, predictions, part)
    let stretches = stretches(targets.columns)
    for row in 0..<targets.rows {
      for column in 0..<targets.columns {
        let difference = predictions[row, column] - targets[row, column]
        slopes[row, column] =
          2 * (weights?[row] ?? 1) * factors[column] * stretches[column] * difference / count
      }
    }
    return slopes
  }
}
