import Components
import Datasets
import Kernels
import NeuralNetworks
import Tensors
import Testing

@Suite("The same bits")
struct ReplicaTests {
  private func blobs(_ samples: Int, seed: UInt64 = 2) -> Dataset {
    var stream = RandomStream(seed: seed, .data)
    return Blobs(samples: samples, noise: 1.5).dataset(using: &stream)
  }

  /// Samples of any shape with classes.
  private func samples(_ count: Int, _ shape: [Int], classes: Int = 3) -> Dataset {
    var stream = RandomStream(seed: 7, .data)
    let size = shape.reduce(1, *)
    return Dataset(
      features: (0..<size).map { .init(name: "x\($0)") },
      inputs: Tensor((0..<count * size).map { _ in stream.uniform(-1, 1) }, shape: Shape([count] + shape)),
      targets: .classes((0..<count).map { $0 % classes }, names: (0..<classes).map { "\($0)" }))
  }

  @Test("come from replicas beside others and from each alone", arguments: [Precision.float, .double])
  func replicas(precision: Precision) throws {
    let network = Sequential {
      Dense(6, activation: .relu); BatchNormalization(); Dropout(0.3); Dense(3)
    }
    var settings = TrainingSettings(
      loss: .crossEntropy, epochs: 3, batchSize: 7, earlyStopping: EarlyStopping(), precision: precision)
    settings.averaging = 0.5
    let trainer = Trainer(settings)
    let key = FitKey(seed: 9, fold: 2, replica: 10)
    let data: @Sendable (Int) -> (training: Dataset, validation: Dataset?) = { replica in
      (blobs(25, seed: UInt64(replica)), blobs(12, seed: UInt64(100 + replica)))
    }
    let alone = try (0..<5).map { replica in
      let (training, validation) = data(replica)
      var own = key
      own.replica += replica
      return try trainer.fit(network, training: training, validation: validation, key: own)
    }
    #expect(Set(alone.map(\.parameterBlocks)).count == 5)
    for threads in [1, 2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      let together = try trainer.fitReplicas(network, count: 5, key: key, pool: pool, data: data)
      #expect(together.map(\.parameterBlocks) == alone.map(\.parameterBlocks))
      #expect(together.map(\.history) == alone.map(\.history))
    }
    #expect(try trainer.fitReplicas(network, count: 0, key: key, data: data).isEmpty)
    #expect(throws: NetworkError.noExamples(part: "training")) {
      try trainer.fitReplicas(network, count: 3, key: key) { replica in
        (replica == 1 ? blobs(9).subset([]) : blobs(9), nil)
      }
    }
  }

  @Test("come from any number of threads for one large fit", arguments: [Precision.float, .double])
  func threads(precision: Precision) throws {
    let network = Sequential {
      Dense(160, activation: .relu); Dense(130, activation: .tanh); Dense(3)
    }
    let settings = TrainingSettings(loss: .crossEntropy, epochs: 2, batchSize: 128, precision: precision)
    let data = samples(300, [90])
    let alone = try Trainer(settings).fit(network, training: data, key: FitKey(seed: 1))
    for threads in [1, 2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      var trainer = Trainer(settings)
      trainer.pool = pool
      let shared = try trainer.fit(network, training: data, key: FitKey(seed: 1))
      #expect(shared.parameterBlocks == alone.parameterBlocks && shared.history == alone.history)
    }
  }

  private static let networks: [(name: String, shape: [Int], layers: [any Layer])] = [
    (
      "cnn", [7, 6, 2],
      [
        Convolution2D(5, kernel: 3, padding: .same, activation: .relu), BatchNormalization(), Pooling.max2D(),
        Convolution2D(3, kernel: 2), GlobalPooling(.average), Dense(3),
      ]
    ), ("lstm", [5, 3], [Bidirectional(LongShortTermMemory(4)), LayerNormalization(), Dense(3)]),
    ("gru", [5, 3], [GatedRecurrent(4, returnsSequences: true), SimpleRecurrent(5), Dense(3)]),
    ("batch-norm", [4], [Dense(7, activation: .gelu), BatchNormalization(), Dropout(0.3), Dense(3)]),
    (
      "attention", [5, 4],
      [Residual([MultiHeadAttention(heads: 2, keyUnits: 3, isCausal: true)]), Flatten(), Dense(3)]
    ),
  ]

  @Test("come from a prediction however the batch is cut", arguments: networks.map(\.name))
  func predictions(name: String) throws {
    let (_, shape, layers) = try #require(Self.networks.first { $0.name == name })
    for precision in [Precision.float, .double] {
      let settings = TrainingSettings(loss: .crossEntropy, epochs: 2, precision: precision)
      let data = samples(270, shape)
      let trained = try Trainer(settings).fit(Sequential(layers), training: data, key: FitKey(seed: 1))
      let all = trained.predict(data.inputs)
      #expect(all.elements.allSatisfy { $0.isFinite } && all.rows == 270)
      for rows in [0..<1, 1..<2, 7..<9, 13..<33, 0..<255, 255..<257, 100..<270, 269..<270] {
        let part = trained.predict(data.inputs.rows(Array(rows)))
        #expect(part.elements == rows.flatMap { Array(all.row($0)) })
      }
    }
  }
}
