import Datasets
import Learners
import NeuralNetworks
import Tensors

/// A fitted strategy: prepares what it is asked about as it prepared its training data.
public struct FittedStrategy: Model {
  /// The preparations with everything learned.
  public let preparations: [any FittedPreparation]
  /// The trained network or the fitted learner.
  public let model: FittedEstimator
  /// The examples it learned from.
  public let training: [Int]
  /// The examples that watched over the training.
  public let validation: [Int]
  /// The derivatives of a learner's predictions by settings, in the order in which they were wanted.
  var learnerTangents: [(any Model)?] = []

  public func predict(_ inputs: Tensor<Double>) -> Tensor<Double> {
    predict(
      Dataset(
        features: (0..<inputs.columns).map { .init(name: "x\($0 + 1)") }, inputs: inputs,
        targets: .values(Tensor(repeating: 0, shape: [inputs.rows, 1]), names: ["y"])))
  }

  /// The trained network; nil for a learner.
  public var network: TrainedNetwork? {
    if case .network(let network, _) = model { network } else { nil }
  }

  /// What the training of the network went through; empty for a learner.
  public var history: TrainingHistory { network?.history ?? TrainingHistory() }

  /// The strategy behind the epochs that the settings name.
  public var snapshots: [(epoch: Int, strategy: FittedStrategy)] {
    guard case .network(let network, let loss) = model else { return [] }
    return network.snapshots.map { snapshot in
      let strategy = FittedStrategy(
        preparations: preparations, model: .network(snapshot.network, loss: loss), training: training,
        validation: validation)
      return (snapshot.epoch, strategy)
    }
  }

  /// The predictions for the examples of a data set, with their categories known.
  public func predict(_ data: Dataset) -> Tensor<Double> {
    preparations.restore(model.predict(preparations.apply(to: data).inputs))
  }

  /// The mean loss and every metric over the given examples.
  ///
  /// The loss of a learner is the mean squared error, or the cross-entropy of its probabilities.
  public func scores(_ data: Dataset, on indices: [Int], metrics: [any Metric]) -> Scores {
    let part = data.subset(indices)
    let predictions = predict(part)
    let loss: Double
    switch model {
    case .network(let network, let function):
      loss = network.meanLoss(function, on: preparations.apply(to: part))
    case .learner: loss = Self.loss(predictions, part)
    }
    return Scores(loss: loss, metrics: metrics.values(predictions, part))
  }

  private static func loss(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let classes = data.classes else { return MeanSquaredErrorMetric().value(predictions, data) }
    let probabilities = ClassProbabilities.of(predictions)
    // A class that was never seen has no probability at all: what double precision leaves of zero stands for it.
    return Statistics.mean(
      classes.enumerated().map { row, number in -Double.log(max(probabilities[row, number], 0x1p-52)) })
  }
}

/// The loss and the metrics of a part of the data, in the order of the metrics asked for.
public struct Scores: Sendable, Hashable {
  /// The mean loss.
  public var loss: Double
  /// A value for each metric.
  public var metrics: [Double]

  /// Scores.
  public init(loss: Double, metrics: [Double]) {
    self.loss = loss
    self.metrics = metrics
  }
}

extension [any Metric] {
  /// The value of each for a model's outputs, which are taken as scores of classes where the targets are classes.
  public func values(_ outputs: Tensor<Double>, _ data: Dataset) -> [Double] {
    guard !isEmpty else { return [] }
    let predictions = data.classes == nil ? outputs : ClassProbabilities.of(outputs)
    return map { $0.value(predictions, data) }
  }
}
