import Autodiff
import Datasets
import Kernels
import Tensors

/// Trains networks: traces the model once, replays a program for every batch, and watches the validation part.
public struct Trainer: Sendable {
  /// How networks are trained.
  public var settings: TrainingSettings
  /// Is told each epoch's number and losses while a training runs.
  public var progress: (@Sendable (_ epoch: Int, _ training: Double, _ validation: Double?) -> Void)?

  /// What is scored in each epoch beside the loss; nil if nobody wants to know.
  public var scores: EpochScores?

  /// A trainer.
  public init(_ settings: TrainingSettings) { self.settings = settings }

  /// Trains a network on one part of the data; the validation part decides about early stopping alone.
  public func fit(
    _ network: Sequential, training: Dataset, validation: Dataset? = nil, key: FitKey
  ) throws(NetworkError) -> TrainedNetwork {
    try check(network, training)
    guard training.count > 0 else { throw .noExamples(part: "training") }
    if let validation, validation.count == 0 { throw .noExamples(part: "validation") }
    if validation == nil, settings.schedule.needsValidation {
      throw .scheduleNeedsValidation(schedule: settings.schedule.name)
    }
    switch settings.precision {
    case .float:
      let fit = try Training<Float>(network, training, validation, settings, scores, key)
      let history = try fit.run(progress)
      return TrainedNetwork(
        network: network, inputCount: training.inputs.columns, history: history,
        parameters: .float(fit.parameterValues))
    case .double:
      let fit = try Training<Double>(network, training, validation, settings, scores, key)
      let history = try fit.run(progress)
      return TrainedNetwork(
        network: network, inputCount: training.inputs.columns, history: history,
        parameters: .double(fit.parameterValues))
    }
  }

  /// Checks that network, loss and data go together, without training.
  public func check(_ network: Sequential, _ data: Dataset) throws(NetworkError) {
    let units = try network.outputCount(inputs: data.inputs.columns)
    if settings.loss.takesClasses, data.classes == nil { throw .lossNeedsClasses(loss: settings.loss.name) }
    if !settings.loss.takesClasses, data.classes != nil { throw .lossNeedsValues(loss: settings.loss.name) }
    guard units == data.outputCount else { throw .outputsDiffer(units: units, outputs: data.outputCount) }
    try settings.check()
    if let minimizer = settings.optimizer as? any Minimizer {
      try minimizer.check(parameterCount: network.parameterCount(inputs: data.inputs.columns))
    }
  }
}

/// One training: its program, parameters and optimizer state.
private final class Training<Scalar: Real> {
  private let settings: TrainingSettings
  private let key: FitKey
  private let part: DataPart<Scalar>
  private let parameters: WorkMemory<Scalar>
  private let gradients: WorkMemory<Scalar>
  private let updater: ParameterUpdater<Scalar>
  private let run: ProgramRun<Scalar>
  private let groups: Int
  private let batchSize: Int
  private let validation: Evaluator<Scalar>?
  private let scores: EpochScores?
  private var step = 0

  init(
    _ network: Sequential, _ training: Dataset, _ validationData: Dataset?, _ settings: TrainingSettings,
    _ scores: EpochScores?, _ key: FitKey
  ) throws(NetworkError) {
    self.settings = settings
    self.scores = scores
    self.key = key
    part = DataPart(training)
    let isMinimizer = settings.optimizer is any Minimizer
    batchSize = isMinimizer ? part.count : min(settings.batchSize ?? part.count, part.count)
    let graph = Graph()
    let x = graph.input("x", [part.inputCount])
    let traced = try network.trace(x, isTraining: true)
    let target = graph.input("target", traced.output.shape)
    let weight = graph.input("weight", [])
    let total = (settings.loss.perSample(traced.output, target) * weight).summedOverSamples()
    let program = Planner.program(
      for: graph, outputs: scores == nil ? [total] : [total, traced.output],
      gradients: total.gradients(withRespectTo: traced.parameters),
      batchSize: batchSize, of: Scalar.self)
    groups = program.groups
    let count = program.parameters.storageCount
    parameters = WorkMemory(count: count)
    gradients = WorkMemory(count: count)
    let blocks = try network.blocks(for: [part.inputCount]).flatMap { $0 }
    updater = ParameterUpdater(
      settings, ParameterRun.runs(of: blocks, in: program.parameters), parameters: parameters,
      gradients: gradients, stream: key.stream(.optimizer, 0))
    run = ProgramRun(
      program, parameters: parameters, gradients: gradients,
      dropoutKeys: network.layers.indices.map {
        RandomStream.key(seed: key.seed, .dropout, [key.fold, key.replica, $0])
      })
    let memory = parameters
    validation = try validationData.map { data throws(NetworkError) in
      try Evaluator(network, part: DataPart(data), loss: settings.loss, parameters: memory)
    }
    initialize(blocks, program.parameters)
  }

  private func initialize(_ blocks: [ParameterBlock], _ layout: ParameterLayout) {
    for (index, block) in blocks.enumerated() {
      guard let fans = block.fans else { continue }
      var stream = key.stream(.weights, index)
      let base = parameters.base + layout.offsets[index]
      for element in 0..<block.shape.count {
        base[element] = Scalar(settings.initializer.weight(fans: fans, using: &stream))
      }
    }
  }

  var parameterValues: [Scalar] {
    Array(UnsafeBufferPointer(start: parameters.base, count: parameters.count))
  }

  func run(
    _ progress: (@Sendable (Int, Double, Double?) -> Void)?
  ) throws(NetworkError) -> TrainingHistory {
    var history = TrainingHistory()
    var stopping = StoppingState(settings.earlyStopping ?? EarlyStopping(patience: .max, restore: .last))
    let restoresBest = validation != nil && settings.earlyStopping?.restore == .best
    var best: [Scalar] = []
    var order = (0..<part.count).map { Int32($0) }
    for epoch in 1...max(settings.epochs, 1) {
      if settings.isShuffled, !(settings.optimizer is any Minimizer) {
        var stream = key.stream(.shuffling, epoch)
        order.withUnsafeMutableBufferPointer { stream.permute($0) }
      }
      let (loss, batchScores) = trainEpoch(epoch, order)
      history.trainingLoss.append(loss)
      if scores != nil { history.trainingScores.append(batchScores) }
      history.bestEpoch = epoch
      if let validation {
        let loss = validation.meanLoss()
        history.validationLoss.append(loss)
        updater.observe(validationLoss: loss)
        if let scores { history.validationScores.append(scores.ofValidation(validation.predictions())) }
        let (isBest, shouldStop) = stopping.observe(loss, epoch: epoch)
        if isBest, restoresBest { best = parameterValues }
        progress?(epoch, history.trainingLoss[epoch - 1], loss)
        if shouldStop {
          history.stoppedEarly = true
          break
        }
      } else {
        progress?(epoch, history.trainingLoss[epoch - 1], nil)
      }
      if updater.hasConverged { break }
    }
    if restoresBest, !best.isEmpty {
      for (index, value) in best.enumerated() { parameters.base[index] = value }
      history.bestEpoch = stopping.bestEpoch
    }
    return history
  }

  /// One pass over the training part; the mean loss and scores over its batches, each before its update.
  private func trainEpoch(_ epoch: Int, _ order: [Int32]) -> (loss: Double, scores: [Double]) {
    guard let x = run.input("x"), let weight = run.input("weight") else { return (.nan, []) }
    updater.beginEpoch()
    defer { updater.endEpoch() }
    let target = run.input("target")
    let lanes = groups * Scalar.laneCount
    var sum = 0.0
    var batches = 0
    var batchScores: [Double] = []
    order.withUnsafeBufferPointer { order in
      guard let indices = order.baseAddress else { return }
      for first in stride(from: 0, to: part.count, by: batchSize) {
        let count = min(batchSize, part.count - first)
        part.gather(indices + first, count, x: x, target: target, groups: groups)
        let share = 1 / Scalar(count)
        for lane in 0..<lanes { weight[lane] = lane < count ? share : 0 }
        step += 1
        run.replay(step: step)
        sum += Double(run.output(0)[0])
        batches += 1
        if let scores {
          let values = scores.ofBatch(outputs(count), order[first..<first + count].map(Int.init))
          batchScores = batchScores.isEmpty ? values : zip(batchScores, values).map { $0 + $1 }
        }
        let progress = TrainingProgress(
          epoch: epoch - 1, step: first / batchSize, stepsPerEpoch: (part.count + batchSize - 1) / batchSize,
          epochs: settings.epochs)
        updater.update(step: step, at: progress) {
          run.replay(step: step)
          return Double(run.output(0)[0])
        }
      }
    }
    return (sum / Double(batches), batchScores.map { $0 / Double(batches) })
  }

  /// The outputs for the samples of the last batch, samples × outputs.
  private func outputs(_ count: Int) -> Tensor<Double> {
    let output = run.output(1)
    let lanes = groups * Scalar.laneCount
    var result = Tensor<Double>(repeating: 0, shape: [count, part.outputCount])
    for sample in 0..<count {
      for unit in 0..<part.outputCount { result[sample, unit] = Double(output[unit * lanes + sample]) }
    }
    return result
  }
}
