import Datasets
import Kernels
import NeuralNetworks
import Synchronization
import Tensors
import Testing

@Suite("Training that goes wrong")
struct DivergenceTests {
  private func sine(_ samples: Int) -> Dataset {
    var stream = RandomStream(seed: 1, .data)
    return Sine(samples: samples, noise: 0).dataset(using: &stream)
  }

  private func error(
    _ layers: [any Layer], _ settings: TrainingSettings, _ data: Dataset? = nil,
    validation: Dataset? = nil
  ) -> NetworkError? {
    #expect(throws: NetworkError.self) {
      try Trainer(settings).fit(
        Sequential(layers), training: data ?? sine(20), validation: validation, key: FitKey(seed: 3))
    }
  }

  @Test("names the first layer whose output is no number", arguments: [Precision.float, .double])
  func divergence(precision: Precision) throws {
    var settings = TrainingSettings(loss: .meanSquaredError, epochs: 5, precision: precision)
    // The second layer's exponentials overflow from the first step on.
    let overflow: [any Layer] = [
      Dense(3), Residual([Dense(3), ActivationLayer(.exponential)]), Dense(1),
    ]
    settings.initializer = ConstantInitializer(1000)
    var data = sine(20)
    data.inputs = Tensor(repeating: 1, shape: [20, 1])
    #expect(
      error(overflow, settings, data)
        == .diverged(epoch: 1, layer: LayerPlace(path: [1, 1], name: "activation")))
    // A rate so large that weights overflow: the first layer is the first to show it.
    settings.initializer = GlorotInitializer()
    settings.optimizer = .sgd(learningRate: precision == .float ? 3e38 : 1e308)
    data = sine(20)
    data.targets = .values(Tensor(repeating: 1000, shape: [20, 1]), names: ["y"])
    #expect(
      error([Dense(4, activation: .relu), Dense(1)], settings, data)
        == .diverged(epoch: 2, layer: LayerPlace(path: [0], name: "dense")))
    #expect(
      error([Dense(1)], settings, data)?.sentence
        == "training diverged in epoch 2: the first values that are no numbers came out of layer 1, dense")
  }

  @Test("shows in the last step too", arguments: [Precision.float, .double])
  func lastStep(precision: Precision) {
    var settings = TrainingSettings(
      loss: .meanSquaredError, optimizer: .sgd(learningRate: 1e300), epochs: 1, batchSize: nil,
      precision: precision)
    var data = sine(20)
    data.targets = .values(Tensor(repeating: 1e10, shape: [20, 1]), names: ["y"])
    #expect(
      error([Dense(1)], settings, data)
        == .diverged(epoch: 1, layer: LayerPlace(path: [0], name: "dense")))
    settings.optimizer = .adam(learningRate: 1e300)
    settings.precision = .float
    #expect(
      error([Dense(2), Dense(1)], settings, data)
        == .diverged(epoch: 1, layer: LayerPlace(path: [0], name: "dense")))
  }

  @Test("has a loss that is no number though the layers' outputs are some")
  func loss() {
    let logarithm = CustomLoss("logarithm") { output, _ in output.map(.square).map(.negate).map(.logarithm) }
    let settings = TrainingSettings(loss: logarithm, epochs: 1)
    #expect(error([Dense(1)], settings) == .diverged(epoch: 1, layer: nil))
  }

  @Test("can be ended by a callback, whose reason is kept")
  func callback() throws {
    let epochs = Mutex<[Int]>([])
    var trainer = Trainer(TrainingSettings(loss: .meanSquaredError, epochs: 50))
    trainer.callback = { report in
      epochs.withLock { $0.append(report.epoch) }
      return report.trainingLoss < 1e9 && report.epoch == 3 ? .stop : .goOn
    }
    let trained = try trainer.fit(Sequential([Dense(1)]), training: sine(20), key: FitKey(seed: 1))
    #expect(epochs.withLock { $0 } == [1, 2, 3])
    #expect(trained.history.epochs == 3 && trained.history.stopReason == .callback)
    #expect(!trained.history.stoppedEarly)
  }

  @Test("is refused with a sentence where the data are no good")
  func data() {
    let settings = TrainingSettings(loss: .meanSquaredError, epochs: 2)
    func changed(_ change: (inout Dataset) -> Void) -> String {
      var data = sine(5)
      change(&data)
      return error([Dense(1)], settings, data)?.sentence ?? ""
    }
    func targets(_ values: [Double], _ outputs: Int = 1) -> Dataset.Targets {
      .values(Tensor(values, shape: [values.count / outputs, outputs]), names: ["y", "z"])
    }
    #expect(changed { $0.inputs[2, 0] = .nan } == "the training part has no value (NaN) in row 3, x")
    #expect(
      changed { $0.targets = targets([1, 2, 3, .infinity, 5]) }
        == "the training part has an infinite value in row 4, y")
    #expect(changed { $0 = $0.subset([]) } == "the training part has no examples")
    #expect(changed { $0.targets = targets([1, 2]) } == "the training part has 2 targets for 5 examples")
    #expect(changed { $0.errors = [1, 2] } == "the training part has 2 errors for 5 examples")
    #expect(
      changed { $0.errors = [1, 2, 0, 1, 1] }
        == "the error in row 3 of the training part must be above 0 and finite, not 0.0")
    #expect(
      changed { $0.weights = [1, 2, 1, -1, 1] }
        == "the weight in row 4 of the training part must be at least 0 and finite, not -1.0")
    #expect(
      changed { $0.covariance = Tensor(repeating: 1, shape: [4, 5]) }
        == "the training part has 4 rows of the covariance for 5 examples")
    #expect(
      changed {
        $0.targets = targets([Double](repeating: 1, count: 10), 2)
        $0.covariance = Tensor(repeating: 1, shape: [5, 5])
      }.contains("gives 1 number"))
    var classes = sine(3)
    classes.targets = .classes([0, 1, 2], names: ["a", "b"])
    #expect(
      error([Dense(2)], TrainingSettings(loss: .crossEntropy), classes)?.sentence
        == "the class in row 3 of the training part must be a number below 2, not 2")
  }

  @Test("is refused where the parts of the data do not go together")
  func parts() {
    let settings = TrainingSettings(loss: .meanSquaredError, epochs: 2)
    var wide = sine(5)
    wide.inputs = Tensor(repeating: 1, shape: [5, 2])
    #expect(
      error([Dense(1)], settings, validation: wide)?.sentence
        == "the features of the validation part, 2, differ from those of the training part, 1")
    wide.inputs = sine(5).inputs
    wide.targets = .values(Tensor(repeating: 1, shape: [5, 2]), names: ["a", "b"])
    #expect(
      error([Dense(1)], settings, validation: wide)
        == .partsDiffer(what: "targets", training: "1", validation: "2"))
    #expect(
      error([Dense(1)], settings, validation: sine(5).subset([]))?.sentence
        == "the validation part has no examples")
  }

  @Test("is refused with settings that nobody can have")
  func settings() {
    func sentence(_ change: (inout TrainingSettings) -> Void) -> String {
      var settings = TrainingSettings(loss: .meanSquaredError, epochs: 2)
      change(&settings)
      return error([Dense(1)], settings)?.sentence ?? ""
    }
    #expect(
      sentence { $0.batchSize = 21 } == "a batch of 21 is larger than the training part of 20 examples")
    #expect(sentence { $0.batchSize = 0 } == "\"batch-size\" must be at least 1, not 0")
    #expect(sentence { $0.epochs = 0 } == "\"epochs\" must be at least 1, not 0")
    #expect(
      sentence { $0.optimizer = .sgd(learningRate: -0.1) }
        == "\"learning-rate\" must be above 0 and finite, not -0.1")
    #expect(
      sentence { $0.earlyStopping = EarlyStopping(patience: 0) } == "\"patience\" must be at least 1, not 0")
  }

  @Test("is refused where an embedding does not know a number")
  func vocabulary() {
    var data = sine(4)
    data.inputs = Tensor([0, 1, 2, 4], shape: [4, 1])
    let layers: [any Layer] = [Embedding(4, units: 2), Flatten(), Dense(1)]
    let settings = TrainingSettings(loss: .meanSquaredError, epochs: 1)
    for (value, text) in [(4.0, "4"), (-1, "-1"), (1.5, "1.5")] {
      data.inputs[3, 0] = value
      #expect(
        error(layers, settings, data)?.sentence
          == "row 4 holds \(text), but the embedding knows the whole numbers from 0 to 3")
    }
  }
}

/// A layer that no network can have, with what its sentence says.
private struct BadLayer: Sendable, CustomTestStringConvertible {
  var layers: [any Layer]
  var input: Shape
  var sentence: String
  var testDescription: String { sentence }

  init(_ layers: any Layer..., input: Shape = [6, 4], says sentence: String) {
    (self.layers, self.input, self.sentence) = (layers, input, sentence)
  }

  static let all: [BadLayer] = [
    BadLayer(Dense(0), says: "layer 1, dense, needs \"units\" to be at least 1, not 0"),
    BadLayer(
      Dense(3, activation: .glu), says: "layer 1, dense, needs an even number of values for glu"),
    BadLayer(Dropout(1), says: "layer 1, dropout, needs \"rate\" to be at least 0 and below 1, not 1.0"),
    BadLayer(Convolution1D(3, kernel: 0), says: "layer 1, conv1d, needs \"kernel\" to be at least 1, not 0"),
    BadLayer(
      Convolution1D(3, kernel: 2, strides: 0),
      says: "layer 1, conv1d, needs \"strides\" to be at least 1, not 0"),
    BadLayer(Convolution1D(3, kernel: 9), says: "layer 1, conv1d, needs sequences of at least the width"),
    BadLayer(
      Convolution2D(3, kernel: []), input: [6, 6, 1],
      says: "layer 1, conv2d, needs \"kernel\" to be 1 or 2 numbers of at least 1, not []"),
    BadLayer(
      Convolution2D(3, kernel: [2], dilation: [1, 0]), input: [6, 6, 1],
      says: "layer 1, conv2d, needs \"dilation\" to be 1 or 2 numbers of at least 1, not [1, 0]"),
    BadLayer(
      Convolution2D(3, kernel: 7), input: [6, 6, 1], says: "layer 1, conv2d, needs images of at least"),
    BadLayer(
      Pooling(.maximum, size: []),
      says: "layer 1, max-pool0d, needs \"size\" to be 1 or 2 numbers of at least 1"),
    BadLayer(
      Pooling(.average, size: [2], strides: [0]),
      says: "layer 1, average-pool1d, needs \"strides\" to be 1 number of at least 1, not [0]"),
    BadLayer(
      Dense(2), Pooling.max2D(),
      says: "layer 2, max-pool2d, needs images of height × width × channels, but gets"),
    BadLayer(
      BatchNormalization(momentum: 1),
      says: "layer 1, batch-norm, needs \"momentum\" to be at least 0 and below 1"),
    BadLayer(
      LayerNormalization(epsilon: 0), says: "layer 1, layer-norm, needs \"epsilon\" to be above 0 and finite"),
    BadLayer(LongShortTermMemory(0), says: "layer 1, lstm, needs \"units\" to be at least 1, not 0"),
    BadLayer(
      SimpleRecurrent(4, activation: .glu),
      says:
        "layer 1, simple-rnn, needs \"activation\" to be a function that keeps the number of values, not glu"),
    BadLayer(
      Bidirectional(GatedRecurrent(-1)),
      says: "layer 1, bidirectional, needs \"units\" to be at least 1, not -1"),
    BadLayer(
      Embedding(0, units: 2), says: "layer 1, embedding, needs \"vocabulary\" to be at least 1, not 0"),
    BadLayer(
      MultiHeadAttention(heads: 0, keyUnits: 2),
      says: "layer 1, attention, needs \"heads\" to be at least 1, not 0"
    ),
    BadLayer(
      Repetition(times: -1, [Dense(2)]), says: "layer 1, repeat, needs \"times\" to be at least 1, not -1"),
    BadLayer(
      MultilayerPerceptron(layers: -1, units: 3),
      says: "layer 1, mlp, needs \"layers\" to be at least 0, not -1"),
    BadLayer(Reshape([-1, -1]), says: "layer 1, reshape, needs sizes of at least 1, at most one of them -1"),
    BadLayer(
      Reshape([-2, -12]), says: "layer 1, reshape, needs sizes of at least 1, at most one of them -1"),
    BadLayer(
      Reshape([5, -1]), says: "layer 1, reshape, needs 20 numbers in all, but gets a value of shape 6 × 4"),
    BadLayer(Concatenation([]), says: "layer 1, concat, needs \"branches\" to be at least 1, not 0"),
    BadLayer(
      Concatenation([[Dense(2)], [Flatten()]]),
      says: "layer 1, concat, needs branches that differ in the last axis"
    ),
    BadLayer(Flatten(), GatedRecurrent(2), says: "layer 2, gru, needs sequences of steps × features"),
    BadLayer(
      Recursive(vocabulary: 3, units: 2, merge: [Dense(3)]), input: [3, 3],
      says: "layer 1, recursive, needs 2 numbers"),
  ]
}

@Suite("Layers in code")
struct BadLayerTests {
  @Test("say what they cannot be", arguments: BadLayer.all)
  private func sentences(bad: BadLayer) {
    let error = #expect(throws: NetworkError.self) { try Sequential(bad.layers).traced(for: bad.input) }
    let sentence = error?.sentence ?? ""
    #expect(sentence.hasPrefix(bad.sentence), "\(sentence)")
  }
}
