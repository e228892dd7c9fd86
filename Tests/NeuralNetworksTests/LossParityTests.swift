import Autodiff
import Components
import Datasets
import Kernels
import NeuralNetworks
import Tensors
import Testing

/// A loss of given outputs by `Tests/Peers/losses.py`.
private struct PeerLoss: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let recipe: String
  let arguments: [String: String]
  let outputs: [[Double]]
  let targets: [[Double]]
  let classes: Int?
  let value: Double
  let gradient: [[Double]]
  let predictions: [[Double]]
  let errors: [Double]?
  let covariance: [[Double]]?
  let sampleWeights: [Double]?
  let classWeights: [Double]?
  let isBalanced: Bool?

  var testDescription: String { name }
  static let all = (try? Fixture.load("losses", as: [PeerLoss].self)) ?? []

  func loss() throws -> any Loss { try Losses.catalog.decode(recipe, arguments) }

  /// Data whose examples are told apart by a one in a place of their own: a dense layer without biases gives each the
  /// outputs of its own column of weights.
  var data: Dataset {
    let count = outputs.count
    let inputs = (0..<count * count).map { $0 % (count + 1) == 0 ? 1.0 : 0 }
    let width = targets[0].count
    return Dataset(
      features: (0..<count).map { .init(name: "x\($0)") }, inputs: Tensor(inputs, shape: [count, count]),
      targets: classes.map { classes in
        .classes(targets.map { Int($0[0]) }, names: (0..<classes).map { "class \($0)" })
      }
        ?? .values(
          Tensor(targets.flatMap { $0 }, shape: [count, width]), names: (0..<width).map { "y\($0)" }),
      errors: errors,
      covariance: covariance.map { Tensor($0.flatMap { $0 }, shape: [count, count]) }, weights: sampleWeights)
  }

  /// A network that gives the outputs, after a step of gradient descent of rate one if it is wanted.
  func fit(_ outputs: [[Double]]? = nil, rate: Double = 1) throws -> TrainedNetwork {
    let outputs = outputs ?? self.outputs
    let width = outputs[0].count
    var settings = TrainingSettings(
      loss: try loss(), optimizer: .sgd(learningRate: rate), epochs: 1, batchSize: nil,
      initializer: GivenWeights((0..<width).flatMap { unit in outputs.map { $0[unit] } }), precision: .double)
    if isBalanced == true { settings.classWeights = .balanced }
    if let classWeights {
      settings.classWeights = .named(
        Dictionary(uniqueKeysWithValues: classWeights.enumerated().map { ("class \($0)", $1) }))
    }
    return try Trainer(settings).fit(
      Sequential([Dense(width, hasBias: false)]), training: data, key: FitKey(seed: 0))
  }
}

@Suite("Losses as PyTorch computes them")
struct LossParityTests {
  @Test("Every loss has a case")
  func cases() { #expect(Set(PeerLoss.all.map(\.recipe)) == Set(Losses.catalog.names)) }

  @Test("Values, gradients and predictions agree", arguments: PeerLoss.all)
  private func values(peer: PeerLoss) throws {
    let trained = try peer.fit()
    let width = peer.outputs[0].count
    #expect(agree(trained.history.trainingLoss, [peer.value], to: 1e-12))
    // Weights lie units × examples.
    let weights = trained.parameterBlocks[0]
    let gradient = peer.outputs.indices.map { sample in
      (0..<width).map { peer.outputs[sample][$0] - weights[$0 * peer.outputs.count + sample] }
    }
    #expect(agree(gradient.flatMap { $0 }, peer.gradient.flatMap { $0 }, to: 1e-12))
    let still = try peer.fit(rate: 1e-300)
    #expect(agree(still.predict(peer.data.inputs).elements, peer.predictions.flatMap { $0 }, to: 1e-12))
    guard peer.classWeights == nil, peer.isBalanced == nil else { return }
    // Class weights are those of the training alone.
    #expect(abs(still.meanLoss(try peer.loss(), on: peer.data) - peer.value) < 1e-12 * max(1, peer.value))
  }

  @Test("Gradients agree with central differences", arguments: PeerLoss.all)
  private func differences(peer: PeerLoss) throws {
    func value(_ sample: Int, _ unit: Int, _ step: Double) throws -> Double {
      var outputs = peer.outputs
      outputs[sample][unit] += step
      return try peer.fit(outputs).history.trainingLoss[0]
    }
    for sample in peer.outputs.indices {
      for unit in peer.outputs[0].indices {
        let slope = (try value(sample, unit, 1e-5) - value(sample, unit, -1e-5)) / 2e-5
        #expect(abs(slope - peer.gradient[sample][unit]) < 1e-7)
      }
    }
  }
}

@Suite("Losses")
struct LossTests {
  private func values(_ count: Int, outputs: Int = 1) -> Dataset {
    var stream = RandomStream(seed: 4, .data)
    return Dataset(
      features: [.init(name: "x")],
      inputs: Tensor((0..<count).map { _ in stream.uniform(-1, 1) }, shape: [count, 1]),
      targets: .values(
        Tensor((0..<count * outputs).map { _ in stream.uniform(1, 2) }, shape: [count, outputs]),
        names: (0..<outputs).map { "y\($0)" }))
  }

  private func fit(_ loss: any Loss, _ data: Dataset, batch: BatchSize = .full) throws -> TrainedNetwork {
    let settings = TrainingSettings(loss: loss, epochs: 3, batchSize: batch, precision: .double)
    return try Trainer(settings).fit(
      Sequential([Dense(data.outputCount)]), training: data, key: FitKey(seed: 1))
  }

  @Test("of one's own train as those of the library that have their formula")
  func custom() throws {
    let own = CustomLoss("own") { output, target in (output - target).map(.square) * 0.5 }
    let data = values(20, outputs: 2)
    for batch in [BatchSize.full, 7] {
      let (found, expected) = (
        try fit(own, data, batch: batch), try fit(.halfSquaredError, data, batch: batch)
      )
      #expect(agree(found.history.trainingLoss, expected.history.trainingLoss, to: 1e-14))
      #expect(agree(found.parameterBlocks[0], expected.parameterBlocks[0], to: 1e-14))
    }
    let margin = CustomLoss("margin", targets: .classes) { output, target in
      output.softmaxCrossEntropy(target)
    }
    #expect(throws: NetworkError.lossNeedsClasses(loss: "margin")) { try fit(margin, data) }
  }

  @Test("of one's own that divide by the target can do with a batch that is not full", arguments: [20, 7, 3])
  func relative(batch: Int) throws {
    let relative = CustomLoss("relative") { output, target in ((output - target) / target).map(.magnitude) }
    let distance = CustomLoss("distance") { output, target in
      (output - target).map(.square).summedOverElements().map(.squareRoot)
    }
    for loss in [relative, distance] {
      let trained = try fit(loss, values(20), batch: .samples(batch))
      #expect(trained.history.trainingLoss.allSatisfy { $0.isFinite })
      #expect(trained.parameterBlocks.allSatisfy { $0.allSatisfy { $0.isFinite } })
    }
  }

  @Test("with a covariance want all examples at once, and one that is positive definite")
  func covariance() throws {
    var data = values(4)
    #expect(throws: NetworkError.lossNeedsCovariance(loss: "chi-squared")) { try fit(.chiSquared, data) }
    let errors: [Double] = [0.5, 0.1, 2, 1]
    var covariance = Tensor<Double>(repeating: 0, shape: [4, 4])
    for (index, error) in errors.enumerated() { covariance[index, index] = error * error }
    data.covariance = covariance
    #expect(throws: NetworkError.lossNeedsFullBatch(loss: "chi-squared")) {
      try fit(.chiSquared, data, batch: 2)
    }
    // A diagonal covariance is as good as errors, which minibatches may have.
    let full = try fit(.chiSquared, data)
    data.covariance = nil
    data.errors = errors
    let diagonal = try fit(.chiSquared, data)
    #expect(agree(full.history.trainingLoss, diagonal.history.trainingLoss, to: 1e-13))
    #expect(try fit(.chiSquared, data, batch: 2).history.epochs == 3)
    data.covariance = Tensor((0..<16).map { $0 % 5 == 0 ? 1 : 2 }, shape: [4, 4])
    #expect(throws: NetworkError.covarianceNotPositive(size: 4)) { try fit(.chiSquared, data) }
  }

  @Test("with class weights want classes, and know their names")
  func classWeights() throws {
    var settings = TrainingSettings(loss: .meanSquaredError, epochs: 1, classWeights: .balanced)
    let network = Sequential([Dense(1)])
    #expect(throws: NetworkError.self) {
      try Trainer(settings).fit(network, training: values(5), key: FitKey(seed: 1))
    }
    var data = values(6)
    data.targets = .classes([0, 1, 0, 1, 1, 1], names: ["no", "yes"])
    settings.loss = BinaryCrossEntropy()
    for weights in [ClassWeights.named(["maybe": 1]), .named(["no": -1]), .named(["yes": .nan])] {
      settings.classWeights = weights
      #expect(throws: NetworkError.self) {
        try Trainer(settings).fit(network, training: data, key: FitKey(seed: 1))
      }
    }
  }
}
