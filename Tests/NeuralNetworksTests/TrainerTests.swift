import Datasets
import Foundation
import Kernels
import NeuralNetworks
import Tensors
import Testing

@Suite("Training")
struct TrainerTests {
  private func sine(_ samples: Int, noise: Double = 0, seed: UInt64 = 1) -> Dataset {
    var stream = RandomStream(seed: seed, .data)
    return Sine(samples: samples, noise: noise).dataset(using: &stream)
  }

  private func blobs(_ samples: Int, seed: UInt64 = 2) -> Dataset {
    var stream = RandomStream(seed: seed, .data)
    return Blobs(samples: samples, noise: 1.5).dataset(using: &stream)
  }

  private let small = Sequential {
    Dense(6, activation: .tanh); Dense(1)
  }

  @Test("A network of 20 and 20 units learns a sine")
  func sine() throws {
    let network = Sequential {
      Dense(20, activation: .tanh); Dense(20, activation: .tanh); Dense(1)
    }
    let settings = TrainingSettings(
      loss: .meanSquaredError, optimizer: .adam(learningRate: 0.01), epochs: 1500)
    let trained = try Trainer(settings).fit(network, training: sine(100), key: FitKey(seed: 3))
    #expect(trained.meanLoss(MeanSquaredError(), on: sine(100)) < 1e-3)
    #expect(trained.history.epochs == 1500 && trained.parameterCount == 40 + 420 + 21)
    #expect(trained.parameterBlocks.map(\.count) == [20, 20, 400, 20, 20, 1])
  }

  @Test("has the same bits again, and others for another seed, fold or replica")
  func repeated() throws {
    let settings = TrainingSettings(loss: .crossEntropy, epochs: 4, batchSize: 7)
    let network = Sequential {
      Dense(5, activation: .relu); Dropout(0.2); Dense(3)
    }
    func weights(_ key: FitKey) throws -> [[Double]] {
      try Trainer(settings).fit(network, training: blobs(40), key: key).parameterBlocks
    }
    let first = try weights(FitKey(seed: 1))
    #expect(try weights(FitKey(seed: 1)) == first)
    for key in [FitKey(seed: 2), FitKey(seed: 1, fold: 1), FitKey(seed: 1, replica: 1)] {
      #expect(try weights(key) != first)
    }
  }

  @Test("in float stays near that in double")
  func precisions() throws {
    func losses(_ precision: Precision) throws -> [Double] {
      let settings = TrainingSettings(loss: .meanSquaredError, epochs: 20, precision: precision)
      return try Trainer(settings).fit(small, training: sine(50), key: FitKey(seed: 1)).history.trainingLoss
    }
    let (float, double) = (try losses(.float), try losses(.double))
    for (a, b) in zip(float, double) { #expect(abs(a - b) < 1e-4 * b) }
    #expect(float != double)
  }

  @Test("The loss that is watched is that of the predictions", arguments: [1, 30, 300])
  func validationLoss(count: Int) throws {
    let settings = TrainingSettings(loss: .meanSquaredError, epochs: 3, precision: .double)
    let validation = sine(max(count, 4), noise: 0.1, seed: 5).subset(Array(0..<count))
    let trained = try Trainer(settings).fit(
      small, training: sine(50), validation: validation, key: FitKey(seed: 1))
    let expected = Statistics.mean(
      zip(trained.predict(validation.inputs).elements, validation.targetValues.elements).map {
        ($0 - $1) * ($0 - $1)
      })
    let found = try #require(trained.history.validationLoss.last)
    #expect(abs(found - expected) < 1e-12)
    #expect(abs(trained.meanLoss(MeanSquaredError(), on: validation) - expected) < 1e-12)
  }

  @Test("Early stopping restores the epoch with the lowest validation loss, exactly")
  func earlyStopping() throws {
    let stopping = EarlyStopping(window: 2, patience: 5)
    var settings = TrainingSettings(
      loss: .crossEntropy, optimizer: .adam(learningRate: 0.05), epochs: 400, batchSize: 8,
      earlyStopping: stopping)
    let network = Sequential {
      Dense(30, activation: .tanh); Dense(3)
    }
    let (training, validation) = (blobs(30), blobs(30, seed: 9))
    let trained = try Trainer(settings).fit(
      network, training: training, validation: validation, key: FitKey(seed: 1))
    let losses = trained.history.validationLoss
    let best = try #require(losses.min())
    #expect(trained.history.stoppedEarly && losses.count < 400 && losses.count == trained.history.epochs)
    #expect(trained.history.bestEpoch == (losses.firstIndex(of: best) ?? 0) + 1)
    #expect(trained.meanLoss(CrossEntropy(), on: validation) == best)
    // The moving mean failed to fall `patience` times in a row, and not before.
    let means = losses.indices.dropFirst().map { (losses[$0 - 1] + losses[$0]) / 2 }
    let lowest = try #require(means.indices.min { means[$0] < means[$1] })
    #expect(lowest == means.count - 1 - stopping.patience)

    settings.earlyStopping = EarlyStopping(window: 2, patience: 5, restore: .last)
    let last = try Trainer(settings).fit(
      network, training: training, validation: validation, key: FitKey(seed: 1))
    #expect(last.history.validationLoss == losses && last.history.bestEpoch == losses.count)
    #expect(last.meanLoss(CrossEntropy(), on: validation) == losses.last)
  }

  @Test("A row's prediction has the bits of the same row in a batch")
  func predictions() throws {
    let settings = TrainingSettings(loss: .crossEntropy, epochs: 2)
    let network = Sequential {
      Dense(9, activation: .sigmoid); Dropout(0.5); Dense(3)
    }
    for precision in [Precision.float, .double] {
      var settings = settings
      settings.precision = precision
      let data = blobs(300)
      let trained = try Trainer(settings).fit(network, training: data, key: FitKey(seed: 1))
      let all = trained.predict(data.inputs)
      for row in [0, 1, 15, 16, 17, 255, 256, 299] {
        #expect(trained.predict(data.inputs.rows([row])).elements == Array(all.row(row)))
      }
      #expect(trained.predict(data.inputs) == all)
      #expect(trained.predict(data.inputs.rows([])).shape == [0, 3])
    }
  }

  @Test("Dropout keeps the mean of a signal while training")
  func dropoutMean() throws {
    // At a vanishing rate the loss of every epoch is that of the first weights under another mask.
    let data = Dataset(
      features: [.init(name: "x")], inputs: Tensor(repeating: 1, shape: [64, 1]),
      targets: .values(Tensor(repeating: 0, shape: [64, 1]), names: ["y"]))
    func losses(_ rate: Double) throws -> [Double] {
      let settings = TrainingSettings(
        loss: .meanSquaredError, optimizer: .sgd(learningRate: 1e-30), epochs: 200, batchSize: nil)
      let network = Sequential {
        Dropout(rate); Dense(1)
      }
      return try Trainer(settings).fit(network, training: data, key: FitKey(seed: 4)).history.trainingLoss
    }
    let (plain, dropped) = (try losses(0), try losses(0.4))
    // Of w² the mean under masks is w² / (1 − rate); 12800 draws leave about one percent.
    #expect(abs(Statistics.mean(dropped) / plain[0] - 1 / 0.6) < 0.06)
    #expect(Set(plain).count == 1 && Set(dropped).count > 20)
  }

  @Test("says what does not go together")
  func problems() {
    func error(_ network: Sequential, _ data: Dataset, _ loss: any Loss) -> NetworkError? {
      #expect(throws: NetworkError.self) {
        try Trainer(TrainingSettings(loss: loss)).fit(network, training: data, key: FitKey(seed: 0))
      }
    }
    #expect(error(small, blobs(20), .crossEntropy) == .outputsDiffer(units: 1, outputs: 3))
    #expect(error(small, sine(20), .crossEntropy) == .lossNeedsClasses(loss: "cross-entropy"))
    #expect(error(small, blobs(20), .meanSquaredError) == .lossNeedsValues(loss: "mse"))
    #expect(error(Sequential([]), sine(20), .meanSquaredError) == .noLayers)
    #expect(error(small, sine(20).subset([]), .meanSquaredError) == .noExamples(part: "training"))
  }
}
