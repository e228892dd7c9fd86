import Components
import Datasets
import NeuralNetworks
import Tensors
import Validation

extension ExperimentRun {
  /// Trains two networks against each other and scores generated samples, as many as a part has, against its examples as
  /// they are prepared.
  func adversarialResult(of experiment: Experiment, _ plan: AdversarialPlan) throws -> ExperimentResult {
    var result = ExperimentResult(experiment)
    let (rest, test) = experiment.parts()
    let part = experiment.data.subset(rest)
    let key = experiment.key
    let prepared = Preparations.fit(
      plan.preparations, to: part,
      using: RandomStream(seed: key.seed(for: .resampling), .resampling, key.fold, key.replica))
    let (preparations, training) = (prepared.steps, prepared.data)
    var trainer = plan.trainer
    trainer.pool = pool
    let (epochs, progress, fixed) = (trainer.epochs, progress, trainer)
    let trained = try pool.map(1) { _ in
      try fixed.fit(data: training.inputs, key: experiment.key) { epoch, generator, _ in
        if epoch % 64 == 0 || epoch == epochs { progress?(.epoch(epoch, of: epochs, loss: generator)) }
      }
    }[0]
    result.gan = trained
    result.history = trained.generator.history
    result.samples = GeneratedSamples(trained, real: training, seed: experiment.key.seed(for: .latentSamples))
    result.values["epochs"] = .integer(trained.generatorLosses.count)
    result.values["parameters"] = .integer(
      trained.generator.parameterCount + trained.discriminator.parameterCount)
    for (name, losses) in [
      ("generator-loss", trained.generatorLosses), ("discriminator-loss", trained.discriminatorLosses),
    ] {
      result.set("train.\(name)", losses.last ?? .nan)
      result.values["train.\(name).history"] = .reals(losses)
    }
    let tested = preparations.apply(to: experiment.data.subset(test))
    for (name, data) in [("train", training), ("test", tested)] where data.count > 0 {
      let samples = trained.sample(count: data.count, seed: experiment.key.seed(for: .latentSamples))
      for metric in plan.metrics { result.set("\(name).\(metric.name)", metric.value(samples, data)) }
    }
    return result
  }
}

/// What a generator makes at the epochs that were kept, and the prepared examples that it learned from.
public struct GeneratedSamples: Sendable {
  /// The examples.
  public let real: Dataset
  /// The epochs and as many samples as there are examples, at most 500.
  public let snapshots: [(epoch: Int, samples: Tensor<Double>)]

  init(_ gan: TrainedGAN, real: Dataset, seed: UInt64) {
    self.real = real
    let count = min(real.count, 500)
    let kept = gan.snapshots.map { ($0.epoch, gan.sample(of: $0.generator, count: count, seed: seed)) }
    snapshots =
      kept.isEmpty
      ? [(gan.generatorLosses.count, gan.sample(count: count, seed: seed))] : kept
  }
}
