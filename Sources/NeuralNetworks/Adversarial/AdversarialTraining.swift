import Autodiff
import Components
import Kernels
import Tensors

/// One training of two adversaries: their programs over one vector of parameters.
final class AdversarialTraining<Scalar: Real> {
  private let trainer: GANTrainer
  private let key: FitKey
  private let part: DataPart<Scalar>
  private let batchSize: Int
  private let layout: ParameterLayout
  private let parameters: WorkMemory<Scalar>
  private let generator: Adversary<Scalar>
  private let discriminator: Adversary<Scalar>
  /// The generator's parameters behind the epochs that are kept.
  private(set) var snapshots: [(epoch: Int, parameters: [Scalar])] = []
  /// The order of the samples in the current pass.
  private var order: [Int32]

  init(_ trainer: GANTrainer, _ data: Tensor<Double>, _ key: FitKey) throws(NetworkError) {
    self.trainer = trainer
    self.key = key
    part = DataPart(inputs: data)
    batchSize = trainer.batchSize.count(of: part.count)
    order = (0..<part.count).map { Int32($0) }
    let ofDiscriminator = try AdversarialObjective(.discriminator, of: trainer, sampleShape: part.inputShape)
    let ofGenerator = try AdversarialObjective(.generator, of: trainer, sampleShape: part.inputShape)
    let trace = ofDiscriminator.trace
    layout = ParameterLayout(
      shapes: trace.parameterShapes, isTrained: trace.isTrained, laneCount: Scalar.laneCount)
    parameters = WorkMemory(count: layout.storageCount)
    let gradients = WorkMemory<Scalar>(count: layout.storageCount)
    // Each program has dropouts of its own, so that no mask of one is a mask of the other.
    let count = trace.dropoutCount
    let keys = key.dropoutKeys(count + ofGenerator.trace.dropoutCount)
    discriminator = Adversary(
      ofDiscriminator, trainer.discriminatorOptimizer, parameters, gradients,
      dropoutKeys: Array(keys[..<count]), batchSize: batchSize)
    generator = Adversary(
      ofGenerator, trainer.generatorOptimizer, parameters, gradients, dropoutKeys: Array(keys[count...]),
      batchSize: batchSize)
    trace.initialize(parameters, layout, with: trainer.initializer, key: key)
  }

  /// The parameters of each network as they lie when it is alone.
  var parameterValues: (generator: [Scalar], discriminator: [Scalar]) {
    (values(of: generator.objective), values(of: discriminator.objective))
  }

  private func values(of objective: AdversarialObjective) -> [Scalar] {
    let blocks = objective.blocks
    let own = ParameterLayout(
      shapes: Array(layout.shapes[blocks]), isTrained: objective.trace.blocks[blocks].map(\.isTrained),
      laneCount: Scalar.laneCount)
    var result = [Scalar](repeating: 0, count: own.storageCount)
    for (place, block) in blocks.enumerated() {
      for element in 0..<layout.shapes[block].count {
        result[own.offsets[place] + element] = parameters.base[layout.offsets[block] + element]
      }
    }
    return result
  }

  /// Goes through the epochs.
  func run(
    _ progress: ((Int, Double, Double) -> Void)?
  ) throws(NetworkError) -> (generator: TrainingHistory, discriminator: TrainingHistory) {
    var histories = (generator: TrainingHistory(), discriminator: TrainingHistory())
    let kept = Set(trainer.snapshots)
    if kept.contains(0) { snapshots.append((0, parameterValues.generator)) }
    for epoch in 1..<trainer.epochs + 1 {
      let losses = try trainEpoch(epoch)
      histories.generator.trainingLoss.append(losses.generator)
      histories.discriminator.trainingLoss.append(losses.discriminator)
      histories.generator.bestEpoch = epoch
      histories.discriminator.bestEpoch = epoch
      if kept.contains(epoch) { snapshots.append((epoch, parameterValues.generator)) }
      progress?(epoch, losses.generator, losses.discriminator)
    }
    // No loss is computed behind the last step.
    guard parameters.isFinite else { throw .diverged(epoch: trainer.epochs, layer: nil) }
    return histories
  }

  /// The mean losses over the steps of an epoch, each before its update.
  private func trainEpoch(_ epoch: Int) throws(NetworkError) -> (generator: Double, discriminator: Double) {
    let batches = (part.count + batchSize - 1) / batchSize
    var sums = (generator: 0.0, discriminator: 0.0)
    for batch in 0..<batches {
      for turn in 0..<trainer.discriminatorSteps {
        let step = batch * trainer.discriminatorSteps + turn
        sums.discriminator += try stepDiscriminator(epoch, step, batches)
      }
      sums.generator += try stepGenerator(epoch, batch)
    }
    return (
      sums.generator / Double(batches), sums.discriminator / Double(batches * trainer.discriminatorSteps)
    )
  }

  /// A step of the discriminator on the next batch of data and as many generated samples.
  private func stepDiscriminator(_ epoch: Int, _ step: Int, _ batches: Int) throws(NetworkError) -> Double {
    let (pass, batch) = step.quotientAndRemainder(dividingBy: batches)
    if batch == 0 {
      var stream = key.stream(.shuffling, (epoch - 1) * trainer.discriminatorSteps + pass + 1)
      order.withUnsafeMutableBufferPointer { stream.permute($0) }
    }
    let first = batch * batchSize
    let count = min(batchSize, part.count - first)
    order.withUnsafeBufferPointer { order in
      guard let indices = order.baseAddress else { return }
      part.gather(indices + first, count, into: discriminator.inputs, groups: discriminator.groups)
    }
    draw(into: discriminator.latent, discriminator, count, .discriminatorLatent, epoch, step) {
      [latent = trainer.latent] in latent.draw(using: &$0)
    }
    draw(into: discriminator.interpolation, discriminator, count, .interpolation, epoch, step) {
      $0.uniform()
    }
    return try discriminator.takeStep(epoch, pool: trainer.pool)
  }

  /// A step of the generator on new latent numbers.
  private func stepGenerator(_ epoch: Int, _ step: Int) throws(NetworkError) -> Double {
    let lanes = generator.groups * Scalar.laneCount
    if let share = generator.inputs.share {
      for lane in 0..<lanes { share[lane] = lane < batchSize ? 1 / Scalar(batchSize) : 0 }
    }
    draw(into: generator.latent, generator, batchSize, .generatorLatent, epoch, step) {
      [latent = trainer.latent] in latent.draw(using: &$0)
    }
    return try generator.takeStep(epoch, pool: trainer.pool)
  }

  /// Fills an input with random numbers, sample by sample; what fills the batch up is 0.
  private func draw(
    into place: (base: UnsafeMutablePointer<Scalar>, count: Int)?, _ side: Adversary<Scalar>, _ samples: Int,
    _ purpose: RandomPurpose, _ epoch: Int, _ step: Int, _ number: (inout RandomStream) -> Double
  ) {
    guard let place else { return }
    var stream = RandomStream(seed: key.seed(for: purpose), purpose, key.fold, key.replica, epoch, step)
    let lanes = side.groups * Scalar.laneCount
    for lane in 0..<lanes {
      for element in 0..<place.count {
        place.base[element * lanes + lane] = lane < samples ? Scalar(number(&stream)) : 0
      }
    }
  }
}
