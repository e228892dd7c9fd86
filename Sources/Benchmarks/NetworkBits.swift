import Components
import Datasets
import NeuralNetworks
import Tensors

/// A fingerprint of small trainings of all kinds of layers: builds for any processor have to print the same.
extension Benchmarks {
  private struct Training {
    var name: String
    var shape: [Int]
    var optimizer: any Optimizer = Adam(learningRate: 0.01)
    var layers: [any Layer]
  }

  private static let trainings: [Training] = [
    Training(
      name: "dense", shape: [37],
      layers: [Dense(70, activation: .relu), Dropout(0.2), Dense(33, activation: .gelu), Dense(3)]),
    Training(
      name: "images", shape: [12, 11, 2], optimizer: StochasticGradientDescent(momentum: 0.9),
      layers: [
        Convolution2D(7, kernel: 3, padding: .same, activation: .relu), BatchNormalization(), Pooling.max2D(),
        Convolution2D(9, kernel: [2, 3], strides: [1, 2], dilation: [2, 1], activation: .tanh),
        Pooling.average2D(2, strides: 1, padding: .same), Flatten(), Dense(3),
      ]),
    Training(
      name: "sequences", shape: [9, 4], optimizer: RMSprop(),
      layers: [
        Convolution1D(6, kernel: 3, padding: .same, activation: .mish), LayerNormalization(),
        Bidirectional(LongShortTermMemory(5, returnsSequences: true)),
        GatedRecurrent(7, returnsSequences: true), SimpleRecurrent(6), Dense(3),
      ]),
    Training(
      name: "attention", shape: [8, 6], optimizer: AdamW(),
      layers: [
        Residual([LayerNormalization(), MultiHeadAttention(heads: 2, keyUnits: 5, isCausal: true)]),
        Concatenation([[Dense(4, activation: .sparsemax)], [Dense(4, activation: .softplus)]]),
        GlobalPooling(.average), Dense(3),
      ]),
    Training(
      name: "minimized", shape: [5], optimizer: LimitedMemoryBFGS(),
      layers: [Dense(8, activation: .tanh), Dense(3)]),
  ]

  /// Prints a hash of parameters, losses and predictions behind some twenty steps of each training.
  static func networkBits() throws {
    for training in trainings {
      for precision in [Precision.float, .double] {
        let data = samples(40, training.shape)
        let settings = TrainingSettings(
          loss: CrossEntropy(), optimizer: training.optimizer, epochs: 7, batchSize: 16, precision: precision)
        let trained = try Trainer(settings).fit(
          Sequential(training.layers), training: data, key: FitKey(seed: 4))
        var hash = Fingerprint()
        for block in trained.parameterBlocks { hash.add(block) }
        hash.add(trained.history.trainingLoss)
        hash.add(trained.predict(data.inputs).elements)
        print("\(training.name) \(precision): \(String(hash.value, radix: 16))")
      }
    }
  }

  private static func samples(_ count: Int, _ shape: [Int]) -> Dataset {
    var stream = RandomStream(seed: 3, .data)
    let size = shape.reduce(1, *)
    return Dataset(
      features: (0..<size).map { .init(name: "x\($0)") },
      inputs: Tensor((0..<count * size).map { _ in stream.normal() }, shape: Shape([count] + shape)),
      targets: .classes((0..<count).map { $0 % 3 }, names: ["a", "b", "c"]))
  }
}

/// The hash of Fowler, Noll and Vo (FNV-1a) of the bits of numbers.
private struct Fingerprint {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ numbers: [Double]) {
    for number in numbers {
      for shift in stride(from: 0, to: 64, by: 8) {
        value = (value ^ (number.bitPattern >> UInt64(shift) & 0xff)) &* 0x100_0000_01b3
      }
    }
  }
}
