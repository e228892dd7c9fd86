import Autodiff
import Components
import Datasets
import Kernels
import Tensors

/// Trains networks: traces the model once, replays a program for every batch, and watches the validation part.
public struct Trainer: Sendable {
  /// How networks are trained.
  public var settings: TrainingSettings
  /// Is told each epoch's number and losses while a training runs.
  public var progress: (@Sendable (_ epoch: Int, _ training: Double, _ validation: Double?) -> Void)?
  /// Is told of every epoch, and may end the training.
  public var callback: (@Sendable (EpochReport) -> TrainingDecision)?
  /// Gets a checkpoint behind every so many epochs.
  public var checkpoints: Checkpoints?
  /// The epoch behind which a training pauses, its checkpoint kept; nil for one that runs to its end.
  public var pause: Int?
  /// What is scored in each epoch beside the loss; nil if nobody wants to know.
  public var scores: EpochScores?
  /// Makes what each epoch sees in place of the examples: given the targets of the training part as numbers, examples ×
  /// outputs, and the key of the epoch's random numbers; nil if every epoch sees the same.
  public var augmentation: (@Sendable (_ targets: Tensor<Double>, _ key: UInt64) -> EpochSamples)?
  /// The hyperparameters by which the trained parameters are derived; nil for none.
  ///
  /// A training that goes on from a checkpoint has no derivatives.
  public var hypergradients: Hypergradients?
  /// Threads that share the work of large steps; nil for the calling thread alone.
  ///
  /// Results do not depend on it.
  public var pool: (any WorkerPool)?

  /// The programs that trainings of equal networks share.
  public var programs = ProgramStore()

  /// A trainer.
  public init(_ settings: TrainingSettings) { self.settings = settings }

  /// Trains a network on one part of the data; the validation part decides about early stopping alone.
  ///
  /// With a checkpoint of the same training it goes on from there, and gives the bits of the training that was never
  /// interrupted.
  public func fit(
    _ network: Sequential, training: Dataset, validation: Dataset? = nil, key: FitKey,
    resuming checkpoint: Checkpoint? = nil
  ) throws(NetworkError) -> TrainedNetwork {
    try check(network, training)
    try DataCheck.check(training, part: "training", network)
    if let validation {
      try DataCheck.compare(training, validation)
      try DataCheck.check(validation, part: "validation", network)
    }
    if case .samples(let size) = settings.batchSize, size > training.count {
      throw .batchLargerThanData(batch: size, examples: training.count)
    }
    guard validation != nil || !settings.schedule.needsValidation else {
      throw .scheduleNeedsValidation(schedule: settings.schedule.name)
    }
    if let hypergradients {
      let trace = try network.traced(for: training.sampleShape, isTraining: true).trace
      try hypergradients.check(settings, network: trace)
    }
    var result: TrainedNetwork
    switch settings.precision {
    case .float:
      let fit = try Training<Float>(network, training, validation, self, key)
      let history = try fit.run(from: checkpoint)
      result = trained(
        network, training.sampleShape, history, .float(fit.parameterValues),
        fit.snapshots.map { ($0.epoch, .float($0.parameters)) })
      result.tangents = fit.tangents
    case .double:
      let fit = try Training<Double>(network, training, validation, self, key)
      let history = try fit.run(from: checkpoint)
      result = trained(
        network, training.sampleShape, history, .double(fit.parameterValues),
        fit.snapshots.map { ($0.epoch, .double($0.parameters)) })
      result.tangents = fit.tangents
    }
    if let hypergradients, case .implicit(let series) = hypergradients.mode {
      result.tangents = try hypergradients.implicitTangents(
        network, at: result.parameterBlocks.flatMap(\.self), training, settings, series, programs: programs)
    }
    return result
  }

  private func trained(
    _ network: Sequential, _ shape: Shape, _ history: TrainingHistory,
    _ parameters: TrainedNetwork.StoredParameters,
    _ snapshots: [(epoch: Int, parameters: TrainedNetwork.StoredParameters)]
  ) -> TrainedNetwork {
    func with(_ parameters: TrainedNetwork.StoredParameters) -> TrainedNetwork {
      TrainedNetwork(
        network: network, inputShape: shape, loss: settings.loss, history: history, parameters: parameters)
    }
    var result = with(parameters)
    result.snapshots = snapshots.map { .init(epoch: $0.epoch, network: with($0.parameters)) }
    return result
  }

  /// Trains equal networks with seeds of their own, each on data of its own: with other noise, or another division into
  /// training and validation part.
  ///
  /// Replicas are tasks of the pool; each has the bits that it has when it is trained alone.
  public func fitReplicas(
    _ network: Sequential, count: Int, key: FitKey, pool: any WorkerPool = SerialPool(),
    data: @escaping @Sendable (_ replica: Int) throws -> (training: Dataset, validation: Dataset?)
  ) throws -> [TrainedNetwork] {
    var trainer = self
    // One level of parallelism: the replicas are the tasks.
    trainer.pool = nil
    return try pool.map(count) { [trainer] replica in
      let (training, validation) = try data(replica)
      var own = key
      own.replica = key.replica + replica
      return try trainer.fit(network, training: training, validation: validation, key: own)
    }
  }

  /// Checks that network, loss and data go together, without training.
  public func check(_ network: Sequential, _ data: Dataset) throws(NetworkError) {
    let loss = settings.loss
    switch loss.targets {
    case .classes: if data.classes == nil { throw .lossNeedsClasses(loss: loss.name) }
    case .values: if data.classes != nil { throw .lossNeedsValues(loss: loss.name) }
    case .binary:
      if data.classes != nil, data.outputCount != 2 {
        throw .lossNeedsTwoClasses(loss: loss.name, classes: data.outputCount)
      }
    }
    let units = try network.outputCount(for: data.sampleShape)
    let wanted = loss.outputCount(targets: data.outputCount)
    guard units == wanted else { throw .outputsDiffer(units: units, outputs: wanted) }
    try settings.check()
    if let minimizer = settings.optimizer as? any Minimizer {
      try minimizer.check(parameterCount: network.parameterCount(for: data.sampleShape))
    }
  }
}

/// What a callback learns of an epoch.
public struct EpochReport: Sendable {
  /// The number of the epoch, from one.
  public let epoch: Int
  /// The mean loss over the batches, before each update.
  public let trainingLoss: Double
  /// The loss of the validation part behind the epoch.
  public let validationLoss: Double?
  /// The step size at the end of the epoch.
  public let learningRate: Double
}

/// Whether a training goes on.
public enum TrainingDecision: Sendable {
  case goOn, stop
}
