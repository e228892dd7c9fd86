import Autodiff
import Datasets
import Kernels
import Tensors

/// One training: its program, parameters and optimizer state.
final class Training<Scalar: Real> {
  private let network: Sequential
  private let trainer: Trainer
  private let settings: TrainingSettings
  private let key: FitKey
  private let part: DataPart<Scalar>
  /// The targets before any augmentation; nil if there is none.
  private let plainTargets: Tensor<Double>?
  private let layout: ParameterLayout
  private let parameters: WorkMemory<Scalar>
  private let gradients: WorkMemory<Scalar>
  private let updater: ParameterUpdater<Scalar>
  private let run: ProgramRun<Scalar>
  private let inputs: BatchInputs<Scalar>
  private let groups: Int
  private let batchSize: Int
  private let outputCount: Int
  private let validation: Evaluator<Scalar>?
  /// The derivatives of the parameters by hyperparameters, if they are carried along.
  private let unrolled: UnrolledTangents?
  /// Where the numbers of the trained parameters lie.
  private let runs: [ParameterRun]
  private var bestTangents: [[Double]]?
  private var isResumed = false
  private var step = 0
  /// The parameters behind the epochs that are kept.
  private(set) var snapshots: [(epoch: Int, parameters: [Scalar])] = []
  /// The length of the gradient over the last batch of the last epoch.
  private var lastGradientNorm = 0.0

  init(
    _ network: Sequential, _ training: Dataset, _ validationData: Dataset?, _ trainer: Trainer, _ key: FitKey
  ) throws(NetworkError) {
    self.network = network
    self.trainer = trainer
    self.key = key
    let settings = trainer.settings
    self.settings = settings
    let weights = try settings.classWeights.weights(of: training)
    part = DataPart(training, for: settings.loss, weights: weights)
    plainTargets = trainer.augmentation == nil ? nil : settings.loss.targetValues(of: training)
    let isMinimizer = settings.optimizer is any Minimizer
    batchSize = isMinimizer ? part.count : settings.batchSize.count(of: part.count)
    let traced = try network.traced(for: part.inputShape, isTraining: true)
    let trace = traced.trace
    let vector = traced.output.reshaped(to: [traced.output.shape.count])
    let batch = try LossBatch(
      settings.loss, training, in: trace, size: batchSize, weight: trace.input("weight", []))
    let total = try settings.loss.total(vector, batch)
    var outputs = [total]
    if trainer.scores != nil { outputs.append(settings.loss.predictions(vector)) }
    outputCount = outputs.last?.shape.count ?? 0
    let program = trainer.programs.program(
      for: trace, outputs: outputs, gradients: trace.gradients(of: total), batchSize: batchSize,
      of: Scalar.self)
    groups = program.groups
    layout = program.parameters
    parameters = WorkMemory(count: layout.storageCount)
    gradients = WorkMemory(count: layout.storageCount)
    runs = ParameterRun.runs(of: trace.blocks, in: layout)
    updater = ParameterUpdater(
      settings, runs, count: layout.trainedCount,
      parameters: parameters, gradients: gradients, stream: key.stream(.optimizer, 0))
    run = ProgramRun(
      program, parameters: parameters, gradients: gradients, dropoutKeys: key.dropoutKeys(trace.dropoutCount))
    inputs = BatchInputs(run)
    var unrolled: UnrolledTangents?
    if let wanted = trainer.hypergradients, wanted.mode == .unrolled {
      guard trainer.augmentation == nil else {
        throw .noHypergradient(of: "the data", reason: "every epoch sees others by augmentation")
      }
      unrolled = try UnrolledTangents(
        network, training, settings, wanted.settings, batchSize: batchSize, weights: weights, key: key,
        programs: trainer.programs)
    }
    self.unrolled = unrolled
    let memory = parameters
    validation = try validationData.map { data throws(NetworkError) in
      try Evaluator(
        network, data: data, loss: settings.loss, parameters: memory, programs: trainer.programs)
    }
    trace.initialize(parameters, layout, with: settings.initializer, key: key)
  }

  /// Whether epochs go through the samples in an order of their own.
  ///
  /// A loss that couples all samples knows them by their number, and minimizers take them all at once.
  private var isShuffled: Bool {
    let couplesAll = settings.loss.couplesSamples && batchSize == part.count
    return settings.isShuffled && !couplesAll && !(settings.optimizer is any Minimizer)
  }

  var parameterValues: [Scalar] {
    Array(UnsafeBufferPointer(start: parameters.base, count: parameters.count))
  }

  /// The derivatives of the parameters that are kept, by each hyperparameter; nil if none were wanted.
  var tangents: [[Double]]? { isResumed ? nil : bestTangents ?? unrolled?.values }

  /// Goes through the epochs, from a checkpoint on if there is one.
  func run(from resumed: Checkpoint?) throws(NetworkError) -> TrainingHistory {
    var history = TrainingHistory()
    var stopping = StoppingState(settings.earlyStopping ?? EarlyStopping(patience: .max, restore: .last))
    let restoresBest = validation != nil && settings.earlyStopping?.restore == .best
    var best: [Scalar] = []
    if let resumed {
      try resume(resumed)
      isResumed = true
      history = resumed.history
      best = resumed.best.map { Scalar($0) }
      for (index, loss) in history.validationLoss.enumerated() {
        _ = stopping.observe(loss, epoch: index + 1)
      }
    }
    // A training that has ended goes on no further, but its best epoch may still have to be restored.
    let whole = history.stopReason == nil ? settings.epochs : history.epochs
    let epochs = min(whole, trainer.pause ?? whole)
    var order = (0..<part.count).map { Int32($0) }
    if history.epochs == 0 { keep(0) }
    for epoch in (history.epochs + 1)..<max(epochs + 1, history.epochs + 1) {
      if isShuffled {
        var stream = key.stream(.shuffling, epoch)
        order.withUnsafeMutableBufferPointer { stream.permute($0) }
      }
      let (loss, batchScores) = try trainEpoch(epoch, order)
      history.trainingLoss.append(loss)
      history.gradientNorms.append(lastGradientNorm)
      if updater.lastRate > 0 { history.learningRates.append(updater.lastRate) }
      if trainer.scores != nil { history.trainingScores.append(batchScores) }
      history.bestEpoch = epoch
      var shouldStop = updater.hasConverged
      if shouldStop { history.stopReason = .converged }
      if let validation {
        let loss = validation.meanLoss()
        history.validationLoss.append(loss)
        updater.observe(validationLoss: loss)
        if let scores = trainer.scores {
          history.validationScores.append(scores.ofValidation(validation.predictions()))
        }
        let (isBest, isDone) = stopping.observe(loss, epoch: epoch)
        if isBest, restoresBest {
          best = parameterValues
          bestTangents = unrolled?.values
        }
        if isDone {
          history.stopReason = .noImprovement
          shouldStop = true
        }
      }
      keep(epoch)
      report(&history, epoch, &shouldStop)
      let isKept = epoch == trainer.pause || shouldStop && trainer.pause != nil
      if let checkpoints = trainer.checkpoints, isKept || epoch % max(checkpoints.interval, 1) == 0 {
        if let kept = checkpoint(history, best, epoch) { checkpoints.keep(kept) }
      }
      if shouldStop { break }
    }
    try checkParameters(history.epochs)
    if restoresBest, !best.isEmpty {
      for (index, value) in best.enumerated() { parameters.base[index] = value }
      history.bestEpoch = stopping.bestEpoch
    }
    return history
  }

  /// Keeps the parameters as they are behind an epoch if somebody wants them.
  private func keep(_ epoch: Int) {
    if settings.snapshots.contains(epoch) { snapshots.append((epoch, parameterValues)) }
  }

  /// Tells who watches, and asks whether to go on.
  private func report(_ history: inout TrainingHistory, _ epoch: Int, _ shouldStop: inout Bool) {
    let (loss, validation) = (history.trainingLoss[epoch - 1], history.validationLoss.last)
    trainer.progress?(epoch, loss, validation)
    guard let callback = trainer.callback else { return }
    let decision = callback(
      EpochReport(
        epoch: epoch, trainingLoss: loss, validationLoss: validation, learningRate: updater.lastRate))
    if decision == .stop {
      if !shouldStop { history.stopReason = .callback }
      shouldStop = true
    }
  }

  /// One pass over the training part; the mean loss and scores over its batches, each before its update.
  private func trainEpoch(_ epoch: Int, _ order: [Int32]) throws(NetworkError) -> (
    loss: Double, scores: [Double]
  ) {
    if let augmentation = trainer.augmentation, let plainTargets {
      part.replace(augmentation(plainTargets, key.stream(.augmentation, epoch).key))
    }
    updater.beginEpoch()
    defer { updater.endEpoch() }
    var sum = 0.0
    var batches = 0
    var batchScores: [Double] = []
    let stepsPerEpoch = (part.count + batchSize - 1) / batchSize
    for first in stride(from: 0, to: part.count, by: batchSize) {
      let count = min(batchSize, part.count - first)
      order.withUnsafeBufferPointer { order in
        guard let indices = order.baseAddress else { return }
        part.gather(indices + first, count, into: inputs, groups: groups)
      }
      step += 1
      run.replay(step: step, pool: trainer.pool)
      let loss = Double(run.output(0)[0])
      guard loss.isFinite else { throw diverged(epoch) }
      sum += loss
      batches += 1
      if let scores = trainer.scores {
        let values = scores.ofBatch(outputs(count), order[first..<first + count].map(Int.init))
        batchScores = batchScores.isEmpty ? values : zip(batchScores, values).map { $0 + $1 }
      }
      takeStates()
      if first + batchSize >= part.count { lastGradientNorm = gradientNorm() }
      let progress = TrainingProgress(
        epoch: epoch - 1, step: first / batchSize, stepsPerEpoch: stepsPerEpoch, epochs: settings.epochs)
      if let unrolled {
        let (rate, slope) = updater.rate(at: progress)
        unrolled.follow(
          from: point, over: order[first..<first + count], step: step, rate: rate, rateSlope: slope)
      }
      updater.update(step: step, at: progress) {
        run.replay(step: step, pool: trainer.pool)
        return Double(run.output(0)[0])
      }
    }
    return (sum / Double(batches), batchScores.map { $0 / Double(batches) })
  }

  /// The trained parameters without the gaps of their layout.
  private var point: [Double] {
    runs.flatMap { run in (0..<run.count).map { Double(parameters.base[run.offset + $0]) } }
  }

  /// The length of the gradient in memory: eight sums side by side, then added in order.
  private func gradientNorm() -> Double {
    var sums = SIMD8<Double>()
    let count = layout.trainedCount
    for index in stride(from: 0, to: count - 7, by: 8) {
      var values = SIMD8<Double>()
      for lane in 0..<8 { values[lane] = Double(gradients.base[index + lane]) }
      sums += values * values
    }
    var sum = (0..<8).reduce(0) { $0 + sums[$1] }
    for index in (count / 8 * 8)..<count {
      sum += Double(gradients.base[index]) * Double(gradients.base[index])
    }
    return sum.squareRoot()
  }

  /// States become what the program wrote into their places among the gradients.
  private func takeStates() {
    for index in layout.trainedCount..<layout.storageCount { parameters.base[index] = gradients.base[index] }
  }

  /// The outputs for the samples of the last batch, samples × outputs.
  private func outputs(_ count: Int) -> Tensor<Double> {
    let output = run.output(1)
    let lanes = groups * Scalar.laneCount
    var result = Tensor<Double>(repeating: 0, shape: [count, outputCount])
    for sample in 0..<count {
      for unit in 0..<outputCount { result[sample, unit] = Double(output[unit * lanes + sample]) }
    }
    return result
  }

  /// Throws if the last step has made a parameter no number, which no later loss would tell.
  private func checkParameters(_ epoch: Int) throws(NetworkError) {
    guard parameterValues.contains(where: { !$0.isFinite }) else { return }
    throw diverged(epoch)
  }

  /// Runs the layers one by one on the batch that went wrong, to name the first whose output is no number.
  private func diverged(_ epoch: Int) -> NetworkError {
    guard let traced = try? network.traced(for: part.inputShape, isTraining: true) else {
      return .diverged(epoch: epoch, layer: nil)
    }
    let leaves = traced.trace.leaves
    let outputs = leaves.map { Variable(graph: traced.trace, index: $0.output) }
    let program = Planner.program(
      for: traced.trace, outputs: outputs, batchSize: batchSize, of: Scalar.self)
    let check = ProgramRun(
      program, parameters: parameters, dropoutKeys: key.dropoutKeys(traced.trace.dropoutCount))
    let lanes = groups * Scalar.laneCount
    let copies = [
      (check.input("x"), inputs.x, part.inputShape.count), (check.input("share"), inputs.share, 1),
    ]
    for case (let target?, let source?, let rows) in copies {
      target.update(from: source, count: rows * lanes)
    }
    check.replay(step: step)
    let bad = leaves.indices.first { index in
      let values = UnsafeBufferPointer(start: check.output(index), count: outputs[index].shape.count * lanes)
      return !values.allSatisfy(\.isFinite)
    }
    let layer = bad.map { leaves[$0] } ?? badLayer(among: leaves, traced.trace.blocks)
    return .diverged(epoch: epoch, layer: layer.map { LayerPlace(path: $0.path, name: $0.name) })
  }

  /// The first layer with a parameter that is no number, which a batch need not show: rows of tables are used by some.
  private func badLayer(among leaves: [NetworkTrace.Entry], _ blocks: [ParameterBlock]) -> NetworkTrace.Entry?
  {
    let bad = blocks.indices.first { block in
      (0..<blocks[block].shape.count).contains { !parameters.base[layout.offsets[block] + $0].isFinite }
    }
    guard let bad else { return nil }
    return leaves.first { leaf in
      blocks[bad].name.hasPrefix(leaf.path.map { "layers.\($0)." }.joined())
    }
  }
}

extension Training {
  /// What a training needs to go on behind an epoch.
  private func checkpoint(_ history: TrainingHistory, _ best: [Scalar], _ epoch: Int) -> Checkpoint? {
    guard let kept = try? updater.snapshot() else { return nil }
    return Checkpoint(
      epoch: epoch, step: step, key: key, parameters: parameterValues.map { Double($0) },
      best: best.map { Double($0) }, history: history, updater: kept)
  }

  private func resume(_ checkpoint: Checkpoint) throws(NetworkError) {
    guard checkpoint.key == key else { throw .checkpointOfAnotherTraining(what: "seed, fold or replica") }
    guard checkpoint.parameters.count == parameters.count,
      [0, parameters.count].contains(checkpoint.best.count)
    else {
      throw .checkpointOfAnotherTraining(what: "network")
    }
    step = checkpoint.step
    for (index, value) in checkpoint.parameters.enumerated() { parameters.base[index] = Scalar(value) }
    do {
      try updater.restore(checkpoint.updater, validationLosses: checkpoint.history.validationLoss)
    } catch {
      throw .checkpointOfAnotherTraining(what: "optimizer")
    }
  }
}

extension NetworkTrace {
  /// The gradient of a number for every trained block, and what every state becomes.
  package func gradients(of total: Variable) -> [Variable?] {
    let parameters = parameters
    let trained = parameters.indices.filter { blocks[$0].isTrained }
    let derivatives = total.gradients(withRespectTo: trained.map { parameters[$0] })
    var result = [Variable?](repeating: nil, count: parameters.count)
    for (block, derivative) in zip(trained, derivatives) { result[block] = derivative }
    for (block, variable) in parameters.enumerated() where !blocks[block].isTrained {
      result[block] = variable
    }
    for (block, node) in updates { result[block] = Variable(graph: self, index: node) }
    return result
  }

  /// Fills the parameters as their blocks say.
  func initialize<Scalar: Real>(
    _ memory: WorkMemory<Scalar>, _ layout: ParameterLayout, with initializer: any Initializer, key: FitKey
  ) {
    for (index, block) in blocks.enumerated() {
      let values: [Double]
      var stream = key.stream(.weights, index)
      switch block.start {
      case .constant(let value): values = [Double](repeating: value, count: block.shape.count)
      case .values(let given): values = given
      case .initialized(let fans):
        values = initializer.values(shape: block.shape, fans: fans, using: &stream)
      case .own(let own, let fans): values = own.values(shape: block.shape, fans: fans, using: &stream)
      }
      let base = memory.base + layout.offsets[index]
      for (element, value) in values.enumerated() { base[element] = Scalar(value) }
    }
  }

  /// The layers that hold no others, in the order of computing.
  var leaves: [Entry] {
    entries.filter { entry in
      !entries.contains { $0.path.count > entry.path.count && $0.path.starts(with: entry.path) }
    }
  }
}

extension FitKey {
  /// The keys of so many dropouts.
  func dropoutKeys(_ count: Int) -> [UInt64] {
    (0..<count).map { RandomStream.key(seed: seed(for: .dropout), .dropout, [fold, replica, $0]) }
  }
}
