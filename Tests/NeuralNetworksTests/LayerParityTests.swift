import Kernels
import NeuralNetworks
import Tensors
import Testing

/// A network of PyTorch by `Tests/Peers/layers.py`, with ten steps over all samples.
private struct PeerNetwork: Decodable, Sendable, CustomTestStringConvertible {
  struct Steps: Decodable {
    let losses: [Double]
    let predictions: [Double]
  }

  let name: String
  let shape: [Int]
  let count: Int
  let inputs: [Double]
  let targets: [Double]
  let parameters: [[Double]]
  let outputs: [Double]
  let gradients: [[Double]]
  let inputGradient: [Double]?
  let states: [[Double]]?
  let sgd: Steps
  let adam: Steps

  var testDescription: String { name }
  static let all = (try? Fixture.load("layers", as: [PeerNetwork].self)) ?? []

  func program() throws -> NetworkProgram {
    let network = try #require(Self.networks[name])
    let program = try NetworkProgram(
      Sequential(network), input: Shape(shape), inputs: inputs, targets: targets, count: count)
    program.begin(parameters)
    return program
  }

  private static func behind(_ layers: any Layer...) -> [any Layer] { layers + [Flatten(), Dense(2)] }

  static let networks: [String: [any Layer]] = feedForward.merging(others) { first, _ in first }

  private static let feedForward: [String: [any Layer]] = [
    "mlp": [Dense(7, activation: .tanh), Dense(5, activation: .relu), Dense(3)],
    "positions": behind(Dense(4, activation: .tanh)),
    "conv2d valid": behind(Convolution2D(3, kernel: [3, 2], strides: [2, 1], activation: .relu)),
    "conv2d same": behind(Convolution2D(3, kernel: [3, 2], padding: .same, activation: .tanh)),
    "conv2d same strided": behind(Convolution2D(3, kernel: [3, 4], strides: [2, 3], padding: .same)),
    "conv2d dilated": behind(Convolution2D(2, kernel: [2, 2], dilation: [3, 2])),
    "conv2d dilated same": behind(Convolution2D(2, kernel: [3, 2], padding: .same, dilation: [2, 3])),
    "max-pool2d": behind(Pooling.max2D()),
    "max-pool2d same": behind(Pooling(.maximum, size: [3, 2], strides: [1, 2], padding: .same)),
    "average-pool2d": behind(Pooling(.average, size: [3, 2], strides: [2, 1])),
    "average-pool2d same": behind(Pooling.average2D(3, strides: 2, padding: .same)),
    "cnn": [
      Convolution2D(4, kernel: 3, padding: .same, activation: .relu), Pooling.max2D(),
      Convolution2D(5, kernel: 2, activation: .relu), Pooling.average2D(2, strides: 1), Flatten(),
      Dense(6, activation: .tanh), Dense(3),
    ],
    "conv1d": behind(
      Convolution1D(4, kernel: 3, strides: 2, padding: .same, activation: .tanh),
      Pooling(.maximum, size: [2])),
    "conv1d dilated": behind(
      Convolution1D(4, kernel: 3, padding: .same, dilation: 2, activation: .relu),
      Pooling(.average, size: [3], strides: [2], padding: .same), GlobalPooling(.average)),
    "global-max-pool": behind(Convolution2D(4, kernel: 2, activation: .tanh), GlobalPooling(.maximum)),
  ]

  private static let others: [String: [any Layer]] = [
    "batch-norm": behind(Dense(5, hasBias: false), BatchNormalization()),
    "batch-norm of images": behind(
      Convolution2D(3, kernel: [2], hasBias: false), BatchNormalization(momentum: 0.7)),
    "layer-norm": behind(Dense(4), LayerNormalization()),
    "simple-rnn": behind(SimpleRecurrent(4)),
    "lstm": behind(LongShortTermMemory(4)),
    "lstm stacked": behind(LongShortTermMemory(4, returnsSequences: true), LongShortTermMemory(3)),
    "lstm bidirectional": behind(Bidirectional(LongShortTermMemory(3))),
    "lstm bidirectional sequences": behind(Bidirectional(LongShortTermMemory(3, returnsSequences: true))),
    "gru": behind(GatedRecurrent(4)),
    "gru stacked": behind(GatedRecurrent(4, returnsSequences: true), GatedRecurrent(3)),
    "embedding": behind(Embedding(5, units: 3)),
    "attention": behind(MultiHeadAttention(heads: 2, keyUnits: 3)),
    "attention causal": behind(MultiHeadAttention(heads: 3, keyUnits: 2, isCausal: true)),
    "residual": behind(Residual([Dense(4, activation: .tanh), LayerNormalization()])),
    "concat": behind(
      Concatenation([[Dense(2, activation: .tanh)], [], [SimpleRecurrent(2, returnsSequences: true)]])),
  ]
}

@Suite("Layers as PyTorch computes them")
struct LayerParityTests {
  @Test("The peer has a case for every network")
  func cases() { #expect(Set(PeerNetwork.all.map(\.name)) == Set(PeerNetwork.networks.keys)) }

  @Test("Outputs and gradients agree", arguments: PeerNetwork.all)
  private func gradients(peer: PeerNetwork) throws {
    let program = try peer.program()
    let loss = program.replay()
    #expect(agree(program.outputs, peer.outputs, to: 1e-10))
    #expect(abs(loss - peer.sgd.losses[0]) < 1e-10)
    #expect(program.gradients.count == peer.gradients.count)
    for (found, expected) in zip(program.gradients, peer.gradients) {
      #expect(agree(found, expected, to: 1e-10))
    }
    if let expected = peer.inputGradient { #expect(agree(program.inputGradient, expected, to: 1e-10)) }
  }

  @Test(
    "Ten steps of gradient descent and of Adam agree, and predictions behind them", arguments: PeerNetwork.all
  )
  private func steps(peer: PeerNetwork) throws {
    let rules: [(any UpdateRule, PeerNetwork.Steps)] = [
      (StochasticGradientDescent(learningRate: 0.1), peer.sgd),
      (Adam(learningRate: 0.02, preset: .pytorch), peer.adam),
    ]
    for (rule, expected) in rules {
      let program = try peer.program()
      #expect(agree(program.train(rule, steps: 10), expected.losses, to: 1e-10), "\(rule.name)")
      #expect(agree(try program.predictions(), expected.predictions, to: 1e-10), "\(rule.name)")
    }
    // The states that the peer tells are those behind the last of the trainings.
    guard let states = peer.states else { return }
    let program = try peer.program()
    _ = program.train(Adam(learningRate: 0.02, preset: .pytorch), steps: 10)
    for (found, expected) in zip(program.states, states) { #expect(agree(found, expected, to: 1e-10)) }
  }
}
