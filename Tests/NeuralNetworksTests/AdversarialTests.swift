import Autodiff
import Components
import Foundation
import Kernels
import NeuralNetworks
import Tensors
import Testing

@Suite("Adversarial training")
struct AdversarialTests {
  // With one feature the discriminator turns around where means differ by twice the penalty's weight.
  private static let losses: [GANLoss] = [.nonSaturating, .wasserstein(gradientPenalty: 0.05), .leastSquares]

  /// Numbers of a normal distribution of mean 3 and deviation 0.5, samples × 1.
  private func normal(_ count: Int) -> Tensor<Double> {
    var stream = RandomStream(seed: 1, .data)
    return Tensor((0..<count).map { _ in 3 + 0.5 * stream.normal() }, shape: [count, 1])
  }

  private func trainer(_ loss: GANLoss, epochs: Int, precision: Precision = .float) -> GANTrainer {
    let isCritic = loss == Self.losses[1]
    return GANTrainer(
      generator: Sequential {
        Dense(8, activation: .tanh); Dense(1)
      },
      discriminator: Sequential {
        Dense(16, activation: .leakyRelu); Dense(16, activation: .leakyRelu); Dense(1)
      }, latent: .normal(dimension: 2), loss: loss,
      generatorOptimizer: Adam(learningRate: isCritic ? 0.001 : 0.0005, beta1: 0.5),
      discriminatorOptimizer: Adam(learningRate: isCritic ? 0.004 : 0.005, beta1: 0.5),
      discriminatorSteps: isCritic ? 5 : 3,
      epochs: epochs, batchSize: 64, precision: precision)
  }

  @Test("learns the mean and the deviation of a normal distribution", arguments: losses)
  func normal(loss: GANLoss) throws {
    let epochs = loss == Self.losses[1] ? 700 : 300
    let trained = try trainer(loss, epochs: epochs).fit(data: normal(512), key: FitKey(seed: 2))
    let samples = trained.sample(count: 2000, seed: 3)
    let (mean, deviation) = (
      Statistics.mean(samples.elements), Statistics.standardDeviation(samples.elements)
    )
    #expect(abs(mean - 3) < 0.3 && abs(deviation - 0.5) < 0.3, "mean \(mean), deviation \(deviation)")
    #expect(samples.shape == [2000, 1])
    #expect(trained.generatorLosses.count == epochs && trained.discriminatorLosses.count == epochs)
  }

  @Test("covers the modes of a ring of Gaussians")
  func ring() throws {
    var stream = RandomStream(seed: 4, .data)
    func center(_ mode: Int) -> (Double, Double) {
      let angle = Double(mode) * .pi / 4
      return (2 * cos(angle), 2 * sin(angle))
    }
    let values = (0..<512).flatMap { index -> [Double] in
      let (x, y) = center(index % 8)
      return [x + 0.1 * stream.normal(), y + 0.1 * stream.normal()]
    }
    let trainer = GANTrainer(
      generator: Sequential {
        Dense(32, activation: .relu); Dense(32, activation: .relu); Dense(2)
      },
      discriminator: Sequential {
        Dense(32, activation: .leakyRelu); Dense(32, activation: .leakyRelu); Dense(1)
      }, latent: .uniform(dimension: 2), loss: .wasserstein(gradientPenalty: 0.1),
      generatorOptimizer: Adam(learningRate: 0.002, beta1: 0.5),
      discriminatorOptimizer: Adam(learningRate: 0.002, beta1: 0.5), discriminatorSteps: 3, epochs: 150,
      batchSize: 64)
    let trained = try trainer.fit(data: Tensor(values, shape: [512, 2]), key: FitKey(seed: 5))
    let samples = trained.sample(count: 800, seed: 6)
    let counts = (0..<8).map { mode in
      let (x, y) = center(mode)
      return (0..<samples.rows).count { hypot(samples[$0, 0] - x, samples[$0, 1] - y) < 0.5 }
    }
    #expect(counts.count { $0 >= 20 } >= 5, "samples near each mode: \(counts)")
  }

  @Test("has the same bits again, and others for another seed, fold or replica", arguments: losses)
  func repeated(loss: GANLoss) throws {
    func samples(_ key: FitKey, _ precision: Precision = .float) throws -> Tensor<Double> {
      try trainer(loss, epochs: 2, precision: precision).fit(data: normal(100), key: key).sample(
        count: 9, seed: 1)
    }
    for precision in [Precision.float, .double] {
      let first = try samples(FitKey(seed: 1), precision)
      #expect(try samples(FitKey(seed: 1), precision) == first)
      for key in [FitKey(seed: 2), FitKey(seed: 1, fold: 1), FitKey(seed: 1, replica: 1)] {
        #expect(try samples(key, precision) != first)
      }
    }
    let (float, double) = (try samples(FitKey(seed: 1)), try samples(FitKey(seed: 1), .double))
    for (a, b) in zip(float.elements, double.elements) { #expect(abs(a - b) < 1e-3) }
    #expect(float != double)
  }

  @Test("Samples under a seed begin with the same ones; each is of the data's shape")
  func samples() throws {
    var trainer = trainer(.leastSquares, epochs: 1)
    trainer.generator = Sequential {
      Dense(6); Reshape([2, 3])
    }
    trainer.discriminator = Sequential {
      Flatten(); Dense(1)
    }
    trainer.batchSize = 3
    let data = Tensor((0..<60).map { Double($0) / 60 }, shape: [10, 2, 3])
    let trained = try trainer.fit(data: data, key: FitKey(seed: 1))
    let few = trained.sample(count: 3, seed: 2)
    #expect(few.shape == [3, 2, 3] && trained.sample(count: 0, seed: 2).shape == [0, 2, 3])
    #expect(few.elements == Array(trained.sample(count: 5, seed: 2).elements.prefix(18)))
    #expect(trained.sample(count: 3, seed: 3) != few)
    #expect(trained.discriminator.predict(Tensor(few.elements, shape: [3, 6])).shape == [3, 1])
  }
}

@Suite("Adversarial objectives")
struct AdversarialObjectiveTests {
  private func trainer(_ loss: GANLoss, _ activation: Activation, _ extra: [any Layer] = []) -> GANTrainer {
    GANTrainer(
      generator: Sequential([Dense(4, activation: .tanh)] + extra + [Dense(3)]),
      discriminator: Sequential(
        [Dense(5, activation: activation)] + extra + [Dense(4, activation: .tanh), Dense(1)]),
      latent: .normal(dimension: 2), loss: loss)
  }

  /// A run of an objective in Double on 13 samples, with random inputs and parameters.
  private struct Run {
    let objective: AdversarialObjective
    let run: ProgramRun<Double>
    let parameters: WorkMemory<Double>
    let gradients: WorkMemory<Double>
    let layout: ParameterLayout

    init(_ objective: AdversarialObjective) {
      self.objective = objective
      let program = Planner.program(
        for: objective.trace, outputs: [objective.total], gradients: objective.gradients, batchSize: 13,
        of: Double.self)
      layout = program.parameters
      parameters = WorkMemory(count: layout.storageCount)
      gradients = WorkMemory(count: layout.storageCount)
      run = ProgramRun(
        program, parameters: parameters, gradients: gradients,
        dropoutKeys: (0..<objective.trace.dropoutCount).map { UInt64($0) })
      var stream = RandomStream(seed: 1, .data)
      for (offset, shape) in zip(layout.offsets, layout.shapes) {
        for element in 0..<shape.count { parameters.base[offset + element] = 0.7 * stream.normal() }
      }
      let lanes = program.groups * Double.laneCount
      func fill(_ name: String, _ rows: Int, _ number: () -> Double) {
        guard let place = run.input(name) else { return }
        for row in 0..<rows { for lane in 0..<13 { place[row * lanes + lane] = number() } }
      }
      fill("x", 3) { stream.normal() }
      fill("latent", 2) { stream.normal() }
      fill("interpolation", 1) { stream.uniform() }
      fill("share", 1) { 1.0 / 13 }
    }

    func value() -> Double {
      run.replay(step: 1)
      return run.output(0)[0]
    }
  }

  @Test(
    "have derivatives that agree with central differences, those of the gradient penalty too",
    arguments: [GANLoss.nonSaturating, .wasserstein(gradientPenalty: 10), .leastSquares],
    [AdversarialObjective.Side.discriminator, .generator])
  func derivatives(loss: GANLoss, side: AdversarialObjective.Side) throws {
    for (activation, extra) in [
      (Activation.tanh, []), (.silu, [LayerNormalization()]), (.softplus, [Dropout(0.3)]),
    ] as [(Activation, [any Layer])] {
      let objective = try AdversarialObjective(side, of: trainer(loss, activation, extra), sampleShape: [3])
      let run = Run(objective)
      _ = run.value()
      let found = (0..<run.layout.storageCount).map { run.gradients.base[$0] }
      var checked = 0
      for (block, offset) in run.layout.offsets.enumerated() where objective.gradients[block] != nil {
        for index in offset..<offset + run.layout.shapes[block].count {
          let kept = run.parameters.base[index]
          run.parameters.base[index] = kept + 1e-5
          let above = run.value()
          run.parameters.base[index] = kept - 1e-5
          let below = run.value()
          run.parameters.base[index] = kept
          let slope = (above - below) / 2e-5
          #expect(abs(slope - found[index]) < 1e-6 * max(1, abs(slope)), "\(block), \(index - offset)")
          checked += 1
        }
      }
      #expect(checked > (side == .discriminator ? 45 : 26))
    }
  }

  @Test("leave the parameters and states of the other network alone")
  func blocks() throws {
    let trainer = trainer(.wasserstein(gradientPenalty: 1), .tanh, [BatchNormalization()])
    let sides: [AdversarialObjective.Side] = [.generator, .discriminator]
    let objectives = try sides.map { try AdversarialObjective($0, of: trainer, sampleShape: [3]) }
    #expect(objectives[0].trace.blocks.map(\.name) == objectives[1].trace.blocks.map(\.name))
    #expect(objectives[0].trace.parameterShapes == objectives[1].trace.parameterShapes)
    let count = objectives[0].trace.blocks.count
    #expect(count == 8 + 10)
    #expect(objectives[0].gradients.map { $0 != nil } == (0..<count).map { $0 < 8 })
    #expect(objectives[1].gradients.map { $0 != nil } == (0..<count).map { $0 >= 8 })
  }

  @Test("A discriminator whose layers share parameters among themselves has one set of them")
  func sharedLayers() throws {
    var trainer = trainer(.leastSquares, .tanh)
    let merge: [any Layer] = [Dense(2, activation: .tanh)]
    trainer.generator = Sequential {
      Dense(15); Reshape([5, 3])
    }
    trainer.discriminator = Sequential {
      Recursive(vocabulary: 3, units: 2, merge: merge); Dense(1)
    }
    let alone = try trainer.discriminator.traced(for: [5, 3]).trace.blocks.count
    let objective = try AdversarialObjective(.discriminator, of: trainer, sampleShape: [5, 3])
    #expect(objective.trace.blocks.count == 2 + alone)
  }
}

@Suite("Adversaries in use")
struct AdversarialUseTests {
  private let data = Tensor((0..<120).map { sin(Double($0)) }, shape: [40, 3])

  private func trainer() -> GANTrainer {
    GANTrainer(
      generator: Sequential {
        Dense(6, activation: .relu); BatchNormalization(momentum: 0.5); Dropout(0.2); Dense(3)
      },
      discriminator: Sequential {
        Dense(6, activation: .leakyRelu); BatchNormalization(momentum: 0.5); Dropout(0.3); Dense(1)
      }, latent: .uniform(dimension: 2), epochs: 5, batchSize: 7)
  }

  @Test("train networks with batch normalization and dropout, each with its own states")
  func layers() throws {
    for loss in [GANLoss.nonSaturating, .wasserstein(gradientPenalty: 10), .leastSquares] {
      var trainer = trainer()
      trainer.loss = loss
      let trained = try trainer.fit(data: data, key: FitKey(seed: 1))
      for network in [trained.generator, trained.discriminator] {
        let blocks = network.parameterBlocks
        #expect(blocks.count == 8 && blocks.allSatisfy { $0.allSatisfy(\.isFinite) })
        // The running means and variances are no longer those of the beginning.
        #expect(!blocks[4].contains(0) && !blocks[5].contains(1))
      }
      let samples = trained.sample(count: 4, seed: 1)
      let areFinite = samples.elements.allSatisfy(\.isFinite)
      #expect(areFinite)
      let again = try trainer.fit(data: data, key: FitKey(seed: 1))
      #expect(again.sample(count: 4, seed: 1) == samples)
    }
  }

  @Test("An optimizer changes its own network alone")
  func ranges() throws {
    func fit(_ change: (inout GANTrainer) -> Void) throws -> TrainedGAN {
      var trainer = trainer()
      trainer.epochs = 1
      trainer.batchSize = nil
      change(&trainer)
      return try trainer.fit(data: data, key: FitKey(seed: 1))
    }
    let tiny = StochasticGradientDescent(learningRate: 1e-60)
    let still = try fit { ($0.generatorOptimizer, $0.discriminatorOptimizer) = (tiny, tiny) }
    let onlyGenerator = try fit { $0.discriminatorOptimizer = tiny }
    let onlyDiscriminator = try fit { $0.generatorOptimizer = tiny }
    #expect(onlyGenerator.discriminator.parameterBlocks == still.discriminator.parameterBlocks)
    #expect(onlyGenerator.generator.parameterBlocks[0] != still.generator.parameterBlocks[0])
    #expect(onlyDiscriminator.generator.parameterBlocks == still.generator.parameterBlocks)
    #expect(onlyDiscriminator.discriminator.parameterBlocks[0] != still.discriminator.parameterBlocks[0])
    let decaying = try fit { $0.generatorOptimizer = AdamW(learningRate: 0.01, weightDecay: 0.5) }
    #expect(decaying.discriminator.parameterBlocks == (try fit { _ in }).discriminator.parameterBlocks)
  }

  @Test("A pool changes no bit, and progress is told of every epoch")
  func progress() throws {
    let told = Told()
    let trained = try trainer().fit(data: data, key: FitKey(seed: 1)) { told.add($0, $1, $2) }
    #expect(told.entries.map(\.0) == [1, 2, 3, 4, 5])
    #expect(told.entries.map(\.1) == trained.generatorLosses)
    #expect(told.entries.map(\.2) == trained.discriminatorLosses)
    var pooled = trainer()
    pooled.pool = SerialPool()
    let other = try pooled.fit(data: data, key: FitKey(seed: 1))
    #expect(other.generator.parameterBlocks == trained.generator.parameterBlocks)
  }

  @Test("say what does not go together")
  func problems() {
    func error(_ data: Tensor<Double>, _ change: (inout GANTrainer) -> Void = { _ in }) -> NetworkError? {
      var trainer = trainer()
      change(&trainer)
      return #expect(throws: NetworkError.self) { try trainer.fit(data: data, key: FitKey(seed: 1)) }
    }
    let wide = Tensor((0..<80).map { Double($0) }, shape: [20, 4])
    #expect(error(wide) == .generatorOutputDiffers(units: 3, features: 4))
    #expect(error(wide)?.sentence == "the generator gives 3 numbers, but a sample of the data has 4")
    let two = error(data) { $0.discriminator = Sequential { Dense(2) } }
    #expect(two == .discriminatorOutputDiffers(units: 2))
    #expect(two?.sentence == "the discriminator gives 2 numbers, but must give one: how real a sample is")
    let place = error(data) { $0.discriminator = Sequential { Convolution1D(2, kernel: 2) } }
    #expect(place?.sentence.hasPrefix("layer 1, conv1d of the discriminator, needs") == true)
    #expect(error(data) { $0.generator = Sequential([]) } == .noLayers)
    #expect(error(Tensor([], shape: [0, 3])) == .noExamples(part: "training"))
    #expect(error(data) { $0.batchSize = 41 } == .batchLargerThanData(batch: 41, examples: 40))
    var broken = data
    broken.elements[7] = .nan
    let nonFinite = NetworkError.nonFiniteData(
      part: "training", what: "no value (NaN)", row: 2, column: "column 2")
    #expect(error(broken) == nonFinite)
  }

  @Test("say which setting no training can have")
  func settings() {
    func name(_ change: (inout GANTrainer) -> Void) -> String? {
      var trainer = trainer()
      change(&trainer)
      let error = #expect(throws: NetworkError.self) { try trainer.fit(data: data, key: FitKey(seed: 1)) }
      guard case .badSetting(let name, _, _) = error else { return nil }
      return name
    }
    #expect(name { $0.epochs = 0 } == "epochs")
    #expect(name { $0.batchSize = 0 } == "batch-size")
    #expect(name { $0.discriminatorSteps = 0 } == "discriminator-steps")
    #expect(name { $0.latent = .normal(dimension: 0) } == "latent")
    #expect(name { $0.generatorOptimizer = Adam(learningRate: -1) } == "learning-rate")
    #expect(name { $0.loss = .wasserstein(gradientPenalty: .nan) } == "gradient-penalty")
  }

  @Test("stop when a loss is no number, and name the layer")
  func divergence() {
    var trainer = trainer()
    trainer.generator = Sequential { Dense(3, activation: .exponential) }
    trainer.discriminator = Sequential { Dense(1) }
    trainer.loss = .wasserstein(gradientPenalty: 0)
    trainer.initializer = ConstantInitializer(0.5)
    trainer.generatorOptimizer = StochasticGradientDescent(learningRate: 1e4)
    trainer.discriminatorOptimizer = StochasticGradientDescent(learningRate: 1e-30)
    let error = #expect(throws: NetworkError.self) { try trainer.fit(data: data, key: FitKey(seed: 1)) }
    #expect(
      error == .diverged(epoch: 1, layer: LayerPlace(path: [0], name: "dense of the generator")))
  }
}

/// What a progress closure has been told.
private final class Told: @unchecked Sendable {
  private let lock = NSLock()
  private var list: [(Int, Double, Double)] = []
  func add(_ epoch: Int, _ generator: Double, _ discriminator: Double) {
    lock.withLock { list.append((epoch, generator, discriminator)) }
  }
  var entries: [(Int, Double, Double)] { lock.withLock { list } }
}
