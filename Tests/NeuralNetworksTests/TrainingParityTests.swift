import Autodiff
import Datasets
import Foundation
import Kernels
import NeuralNetworks
import Tensors
import Testing

/// Trainings of PyTorch, by `Tests/Peers/training.py`.
private struct PeerTraining: Decodable {
  let name: String
  let sizes: [Int]
  let activation: String
  let loss: String
  let optimizer: String
  let batch: Int
  let inputs: [Double]
  let targets: [Double]
  let weights: [[Double]]
  let losses: [Double]
  let outputs: [Double]

  static func load() throws -> [PeerTraining] {
    let url = try #require(
      Bundle.module.url(forResource: "training", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode([PeerTraining].self, from: Data(contentsOf: url))
  }
}

@Suite("Training as others do")
struct TrainingParityTests {
  @Test(
    "gives PyTorch's losses and outputs from the same weights and batches",
    arguments: [Precision.double, .float])
  func pyTorch(precision: Precision) throws {
    let optimizers: [String: any Optimizer] = [
      "sgd": .sgd(learningRate: 0.1), "momentum": .sgd(learningRate: 0.05, momentum: 0.9),
      "nesterov": .sgd(learningRate: 0.05, momentum: 0.9, isNesterov: true),
      "adam": .adam(learningRate: 0.01),
    ]
    let peers = try PeerTraining.load()
    #expect(peers.count == 4)
    for peer in peers {
      let activation = try #require(Activation(rawValue: peer.activation))
      let network = Sequential(
        peer.sizes.indices.dropFirst().map { index in
          Dense(peer.sizes[index], activation: index == peer.sizes.count - 1 ? .linear : activation)
        })
      let (count, outputs) = (peer.inputs.count / peer.sizes[0], peer.sizes[peer.sizes.count - 1])
      let isClassification = peer.loss == "cross-entropy"
      let data = Dataset(
        features: (0..<peer.sizes[0]).map { .init(name: "x\($0)") },
        inputs: Tensor(peer.inputs, shape: [count, peer.sizes[0]]),
        targets: isClassification
          ? .classes(peer.targets.map { Int($0) }, names: (0..<outputs).map { "\($0)" })
          : .values(Tensor(peer.targets, shape: [count, outputs]), names: (0..<outputs).map { "y\($0)" }))
      let settings = TrainingSettings(
        loss: isClassification ? CrossEntropy() : MeanSquaredError(),
        optimizer: try #require(optimizers[peer.optimizer]),
        epochs: peer.losses.count, batchSize: .samples(peer.batch), isShuffled: false,
        initializer: GivenWeights(peer.weights.flatMap { $0 }), precision: precision)
      let trained = try Trainer(settings).fit(network, training: data, key: FitKey(seed: 0))
      let tolerance = precision == .double ? 1e-12 : 1e-5
      for (found, expected) in zip(trained.history.trainingLoss, peer.losses) {
        #expect(abs(found - expected) < tolerance, "\(peer.name)")
      }
      for (found, expected) in zip(trained.predict(data.inputs).elements, peer.outputs) {
        #expect(abs(found - expected) < 10 * tolerance, "\(peer.name)")
      }
    }
  }

  /// The network of scikit-learn's `test_mlp.py`, `test_fit`, to its three decimals: one logistic output as two logits
  /// of which the first is always zero.
  @Test("takes the step that scikit-learn's authors computed by hand")
  func handComputedStep() throws {
    let network = Sequential {
      Dense(2, activation: .sigmoid); Dense(2)
    }
    let traced = try network.traced(for: [3], isTraining: true)
    let graph = traced.trace
    let loss = CrossEntropy().perSample(traced.output, graph.input("target", [2])).summedOverSamples()
    let program = Planner.program(
      for: graph, outputs: [traced.output], gradients: loss.gradients(withRespectTo: graph.parameters),
      batchSize: Double.laneCount, of: Double.self)
    let parameters = WorkMemory<Double>(count: program.parameters.storageCount)
    let gradients = WorkMemory<Double>(count: program.parameters.storageCount)
    let blocks: [[Double]] = [[0.1, 0.3, 0.5, 0.2, 0.1, 0], [0.1, 0.1], [0, 0, 0.1, 0.2], [0, 1]]
    for (block, offset) in zip(blocks, program.parameters.offsets) {
      for (index, value) in block.enumerated() { parameters.base[offset + index] = value }
    }
    let run = ProgramRun(program, parameters: parameters, gradients: gradients)
    let (x, target) = (try #require(run.input("x")), try #require(run.input("target")))
    // Padded samples have no target, and with logits of their own no share in this check but in the gradient: all
    // lanes hold the sample, and the gradient is divided by their number.
    let lanes = Double.laneCount
    for lane in 0..<lanes {
      for (element, value) in [0.6, 0.8, 0.7].enumerated() { x[element * lanes + lane] = value }
      (target[lane], target[lanes + lane]) = (1, 0)
    }
    run.replay()
    let output = run.output(0)
    #expect(abs(Double.sigmoid(output[lanes] - output[0]) - 0.765432924) < 5e-4)
    func stepped(_ block: Int, decay: Double) -> [Double] {
      let offset = program.parameters.offsets[block]
      return blocks[block].indices.map { index in
        let value = blocks[block][index]
        return value - 0.1 * (gradients.base[offset + index] / Double(lanes) + decay * value)
      }
    }
    let expected: [(Int, [Double], decay: Double)] = [
      (0, [0.098, 0.2956664, 0.4939998, 0.195756, 0.096008, -0.002244], 0.1), (1, [0.098333, 0.09626], 0),
      (2, [.nan, .nan, 0.04706, 0.154089], 0.1), (3, [.nan, 0.9235], 0),
    ]
    for (block, values, decay) in expected {
      for (found, value) in zip(stepped(block, decay: decay), values) where !value.isNaN {
        #expect(abs(found - value) < 5e-4)
      }
    }
  }
}
