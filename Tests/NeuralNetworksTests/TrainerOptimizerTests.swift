import Datasets
import Kernels
import NeuralNetworks
import Tensors
import Testing

@Suite("Training with schedules, penalties and minimizers")
struct TrainerOptimizerTests {
  private func sine(_ samples: Int, seed: UInt64 = 1) -> Dataset {
    var stream = RandomStream(seed: seed, .data)
    return Sine(samples: samples, noise: 0).dataset(using: &stream)
  }

  private let network = Sequential {
    Dense(6, activation: .tanh); Dense(1)
  }

  private func fit(
    _ settings: TrainingSettings, validation: Dataset? = nil
  ) throws -> TrainedNetwork {
    try Trainer(settings).fit(network, training: sine(60), validation: validation, key: FitKey(seed: 1))
  }

  @Test("All minimizers train a network, in both precisions", arguments: Optimizers.minimizerNames)
  func minimizers(name: String) throws {
    for precision in [Precision.float, .double] {
      let minimizer = try Optimizers.minimizer(name)
      let settings = TrainingSettings(
        loss: .meanSquaredError, optimizer: minimizer, epochs: 60, precision: precision)
      let trained = try fit(settings)
      let losses = trained.history.trainingLoss
      #expect(losses.count <= 60 && zip(losses, losses.dropFirst()).allSatisfy { $0 >= $1 })
      #expect(trained.meanLoss(MeanSquaredError(), on: sine(60)) < 0.7 * losses[0])
      if minimizer.needsGradient { #expect(trained.meanLoss(MeanSquaredError(), on: sine(60)) < 1e-3) }
      #expect(try fit(settings).parameterBlocks == trained.parameterBlocks)
    }
  }

  @Test("A minimization that has converged ends the training")
  func convergence() throws {
    let linear = Sequential { Dense(1) }
    let settings = TrainingSettings(
      loss: .meanSquaredError, optimizer: .limitedMemoryBFGS(), epochs: 500, precision: .double)
    let data = sine(60)
    let trained = try Trainer(settings).fit(linear, training: data, key: FitKey(seed: 1))
    #expect(trained.history.epochs < 20 && !trained.history.stoppedEarly)
    // The least squares by their normal equations.
    let (x, y) = (data.inputs.elements, data.targetValues.elements)
    let (meanX, meanY) = (Statistics.mean(x), Statistics.mean(y))
    let slope =
      zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
      / x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    #expect(abs(trained.parameterBlocks[0][0] - slope) < 1e-6)
    #expect(abs(trained.parameterBlocks[1][0] - (meanY - slope * meanX)) < 1e-6)
  }

  @Test("A penalty leads a minimizer to the ridge solution, the bias free")
  func ridge() throws {
    let data = sine(60)
    let settings = TrainingSettings(
      loss: .meanSquaredError, optimizer: .bfgs(toleranceGradient: 1e-10, toleranceChange: 0),
      penalty: Penalty(l2: 0.3), epochs: 100, precision: .double)
    let trained = try Trainer(settings).fit(Sequential { Dense(1) }, training: data, key: FitKey(seed: 1))
    let (x, y) = (data.inputs.elements, data.targetValues.elements)
    let (meanX, meanY) = (Statistics.mean(x), Statistics.mean(y))
    // Of mean squares plus 0.15 w², the derivative is 2 (S w − T) + 0.3 w.
    let s = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) } / 60
    let t = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / 60
    #expect(abs(trained.parameterBlocks[0][0] - t / (s + 0.15)) < 1e-8)
    // Gradient descent with the same penalty goes to the same place.
    let descent = TrainingSettings(
      loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1), penalty: Penalty(l2: 0.3), epochs: 3000,
      batchSize: nil, precision: .double)
    let slow = try Trainer(descent).fit(Sequential { Dense(1) }, training: data, key: FitKey(seed: 1))
    #expect(abs(slow.parameterBlocks[0][0] - t / (s + 0.15)) < 1e-8)
  }

  @Test("The rate of every step is that of the schedule")
  func schedules() throws {
    // At a rate that is zero from the second epoch on, nothing changes any more.
    let settings = TrainingSettings(
      loss: .meanSquaredError, optimizer: .adam(learningRate: 0.01), schedule: .step(1, gamma: 1e-300),
      epochs: 5, precision: .double)
    let one = try fit(
      TrainingSettings(
        loss: .meanSquaredError, optimizer: .adam(learningRate: 0.01), epochs: 1, precision: .double))
    #expect(try fit(settings).parameterBlocks == one.parameterBlocks)
    #expect(throws: NetworkError.scheduleNeedsValidation(schedule: "reduce-on-plateau")) {
      try fit(TrainingSettings(loss: .meanSquaredError, schedule: .reduceOnPlateau(), epochs: 2))
    }
    let plateau = TrainingSettings(
      loss: .meanSquaredError, optimizer: .sgd(learningRate: 1e-30),
      schedule: .reduceOnPlateau(patience: 1), epochs: 4)
    #expect(try fit(plateau, validation: sine(20, seed: 3)).history.epochs == 4)
  }

  @Test("A moving mean of the parameters is scored and kept")
  func averages() throws {
    var settings = TrainingSettings(
      loss: .meanSquaredError, optimizer: .adam(learningRate: 0.05), averaging: 0.9, epochs: 8,
      batchSize: nil,
      precision: .double)
    let validation = sine(30, seed: 3)
    let averaged = try fit(settings, validation: validation)
    #expect(averaged.history.validationLoss.last == averaged.meanLoss(MeanSquaredError(), on: validation))
    settings.averaging = nil
    // With full batches there is a step an epoch: the mean of what trainings of one to eight epochs end with.
    var mean: [[Double]] = []
    for epochs in 1...8 {
      settings.epochs = epochs
      let blocks = try fit(settings, validation: validation).parameterBlocks
      mean = epochs == 1 ? blocks : zip(mean, blocks).map { zip($0, $1).map { 0.9 * $0 + (1 - 0.9) * $1 } }
    }
    for (found, expected) in zip(averaged.parameterBlocks, mean) {
      for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-13) }
    }
  }

  @Test("Clipping bounds the first step")
  func clipping() throws {
    func step(_ clip: GradientClip?) throws -> Double {
      func blocks(_ rate: Double) throws -> [Double] {
        try fit(
          TrainingSettings(
            loss: .meanSquaredError, optimizer: .sgd(learningRate: rate), gradientClip: clip, epochs: 1,
            batchSize: nil, precision: .double)
        ).parameterBlocks.flatMap { $0 }
      }
      return zip(try blocks(1), try blocks(1e-300)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        .squareRoot()
    }
    let free = try step(nil)
    #expect(free > 0.1)
    #expect(abs(try step(.globalNorm(0.1)) - 0.1) < 1e-12)
    #expect(abs(try step(.globalNorm(10 * free)) - free) < 1e-15)
  }

  @Test("Settings that no training can have are named")
  func problems() {
    func error(_ settings: TrainingSettings) -> NetworkError? {
      #expect(throws: NetworkError.self) { try fit(settings) }
    }
    func settings(_ change: (inout TrainingSettings) -> Void) -> TrainingSettings {
      var settings = TrainingSettings(loss: .meanSquaredError)
      change(&settings)
      return settings
    }
    let finite = "above 0 and finite"
    let cases: [(TrainingSettings, NetworkError)] = [
      (
        settings { $0.optimizer = .adam(learningRate: -1) },
        .badSetting(name: "learning-rate", requirement: finite, found: "-1.0")
      ),
      (
        settings { $0.optimizer = .sgd(learningRate: .infinity) },
        .badSetting(name: "learning-rate", requirement: finite, found: "inf")
      ),
      (
        settings { $0.gradientClip = .norm(0) },
        .badSetting(name: "gradient-clip", requirement: finite, found: "0.0")
      ),
      (
        settings { $0.penalty.l2 = .nan },
        .badSetting(name: "weight-decay", requirement: "at least 0 and finite", found: "nan")
      ),
      (
        settings { $0.schedule = .exponential(gamma: -1) },
        .badSetting(name: "schedule", requirement: "a rate of at least 0 and finite", found: "-0.001")
      ),
      (
        settings { $0.averaging = 1 },
        .badSetting(name: "average-weights", requirement: "at least 0 and below 1", found: "1.0")
      ),
      (
        settings { ($0.optimizer, $0.gradientClip) = (.bfgs(), .value(1)) },
        .settingOfSteps(name: "gradient-clip", optimizer: "bfgs")
      ),
    ]
    for (settings, expected) in cases { #expect(error(settings) == expected) }
    let large = Sequential {
      Dense(2000); Dense(1)
    }
    #expect(throws: NetworkError.tooManyParameters(optimizer: "cma-es", count: 6001, most: 1000)) {
      try Trainer(TrainingSettings(loss: .meanSquaredError, optimizer: .covarianceAdaptation()))
        .fit(large, training: sine(20), key: FitKey(seed: 1))
    }
  }
}
