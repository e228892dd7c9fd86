import Datasets
import Foundation
import Kernels
import NeuralNetworks
import Synchronization
import Tensors
import Testing

/// Keeps the checkpoints of a training as the bytes of their files.
private final class CheckpointShelf: Sendable {
  private let files = Mutex<[Data]>([])
  var all: [Data] { files.withLock { $0 } }

  func keep(_ checkpoint: Checkpoint) {
    let file = try? checkpoint.encoded()
    files.withLock { $0.append(file ?? Data()) }
  }
}

/// A training that is interrupted behind every epoch.
struct InterruptedTraining: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var settings: TrainingSettings
  var hasValidation = false

  init(_ name: String, hasValidation: Bool = false, _ change: (inout TrainingSettings) -> Void) {
    testDescription = name
    self.hasValidation = hasValidation
    settings = TrainingSettings(loss: .meanSquaredError, epochs: 7, batchSize: 8)
    change(&settings)
  }

  static let all = [
    InterruptedTraining("adam") { $0.optimizer = .adam(learningRate: 0.01) },
    InterruptedTraining("amsgrad") { $0.optimizer = .adam(learningRate: 0.01, isAMSGrad: true) },
    InterruptedTraining("momentum") { $0.optimizer = .sgd(learningRate: 0.05, momentum: 0.9) },
    InterruptedTraining("rmsprop") { $0.optimizer = RMSprop(learningRate: 0.01) },
    InterruptedTraining("one cycle") {
      ($0.optimizer, $0.schedule) = (.adam(learningRate: 0.05), OneCycleSchedule())
    },
    InterruptedTraining("weight average", hasValidation: true) {
      ($0.optimizer, $0.averaging) = (.adam(learningRate: 0.05), 0.8)
      $0.earlyStopping = EarlyStopping(patience: 3)
    },
    InterruptedTraining("reduce on plateau", hasValidation: true) {
      ($0.optimizer, $0.epochs) = (.sgd(learningRate: 0.1), 9)
      $0.schedule = .reduceOnPlateau(factor: 0.5, patience: 1, minimumDelta: 0.01, cooldown: 1)
    },
    InterruptedTraining("early stopping", hasValidation: true) {
      ($0.optimizer, $0.epochs) = (.adam(learningRate: 0.3), 60)
      $0.earlyStopping = EarlyStopping(window: 2, patience: 2)
    },
    InterruptedTraining("early stopping at the last", hasValidation: true) {
      ($0.optimizer, $0.epochs) = (.adam(learningRate: 0.3), 60)
      $0.earlyStopping = EarlyStopping(patience: 2, restore: .last)
    },
    InterruptedTraining("penalty and clipping") {
      ($0.penalty, $0.gradientClip) = (Penalty(l2: 0.01), .globalNorm(0.5))
    },
    InterruptedTraining("l-bfgs") { $0.optimizer = .limitedMemoryBFGS() },
    InterruptedTraining("bfgs") { $0.optimizer = .bfgs() },
    InterruptedTraining("cma-es") { $0.optimizer = .covarianceAdaptation(population: 6) },
  ]
}

@Suite("Checkpoints")
struct CheckpointTests {
  private let network = Sequential {
    Dense(5, activation: .tanh); BatchNormalization(momentum: 0.8); Dropout(0.2); Dense(1)
  }

  private func data(_ seed: UInt64) -> Dataset {
    var stream = RandomStream(seed: seed, .data)
    return Sine(samples: 30, noise: 0.1).dataset(using: &stream)
  }

  private func network(for training: InterruptedTraining) -> Sequential {
    // Minimizers want a loss that is a function of the parameters alone.
    guard training.settings.optimizer is any Minimizer else { return network }
    return Sequential {
      Dense(3, activation: .tanh); Dense(1)
    }
  }

  @Test(
    "A training that goes on behind any epoch has the bits of one that was never interrupted",
    arguments: InterruptedTraining.all, [Precision.float, .double])
  func resume(training: InterruptedTraining, precision: Precision) throws {
    let shelf = CheckpointShelf()
    var settings = training.settings
    settings.precision = precision
    var trainer = Trainer(settings)
    trainer.checkpoints = Checkpoints(every: 1, keep: shelf.keep)
    let network = network(for: training)
    func fit(_ trainer: Trainer, _ checkpoint: Checkpoint? = nil) throws -> TrainedNetwork {
      try trainer.fit(
        network, training: data(1), validation: training.hasValidation ? data(2) : nil,
        key: FitKey(seed: 5, fold: 1), resuming: checkpoint)
    }
    let whole = try fit(trainer)
    let files = shelf.all
    #expect(files.count == whole.history.epochs && files.count > 1)
    trainer.checkpoints = nil
    for (index, file) in files.enumerated() {
      let checkpoint = try Checkpoint(decoding: file)
      #expect(checkpoint.epoch == index + 1)
      let resumed = try fit(trainer, checkpoint)
      #expect(resumed.parameterBlocks == whole.parameterBlocks)
      #expect(resumed.history == whole.history)
    }
  }

  @Test("Checkpoints come behind every so many epochs")
  func interval() throws {
    let shelf = CheckpointShelf()
    var trainer = Trainer(TrainingSettings(loss: .meanSquaredError, epochs: 7))
    trainer.checkpoints = Checkpoints(every: 3, keep: shelf.keep)
    _ = try trainer.fit(network, training: data(1), key: FitKey(seed: 1))
    #expect(try shelf.all.map { try Checkpoint(decoding: $0).epoch } == [3, 6])
  }

  @Test("The checkpoint of another training is refused")
  func others() throws {
    let shelf = CheckpointShelf()
    var trainer = Trainer(TrainingSettings(loss: .meanSquaredError, epochs: 2))
    trainer.checkpoints = Checkpoints(every: 2, keep: shelf.keep)
    _ = try trainer.fit(network, training: data(1), key: FitKey(seed: 1))
    let checkpoint = try Checkpoint(decoding: try #require(shelf.all.first))
    trainer.checkpoints = nil
    func error(_ trainer: Trainer, _ network: Sequential, seed: UInt64 = 1) -> NetworkError? {
      #expect(throws: NetworkError.self) {
        try trainer.fit(network, training: data(1), key: FitKey(seed: seed), resuming: checkpoint)
      }
    }
    #expect(
      error(trainer, network, seed: 2)
        == .checkpointOfAnotherTraining(what: "seed, fold or replica"))
    #expect(error(trainer, Sequential([Dense(1)])) == .checkpointOfAnotherTraining(what: "network"))
    trainer.settings.optimizer = .sgd(learningRate: 0.1)
    #expect(error(trainer, network) == .checkpointOfAnotherTraining(what: "optimizer"))
    trainer.settings.optimizer = Adam()
    trainer.settings.averaging = 0.9
    #expect(error(trainer, network) == .checkpointOfAnotherTraining(what: "optimizer"))
    #expect(throws: (any Error).self) { try Checkpoint(decoding: Data("{}".utf8)) }
  }
}
