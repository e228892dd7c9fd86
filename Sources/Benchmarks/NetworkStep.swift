import Autodiff
import Components
import Kernels
import NeuralNetworks
import Tensors

/// One optimizer step of a network: forward, backward and Adam, without reading data.
struct NetworkStep {
  /// What is measured.
  struct Case: Encodable {
    /// The kinds of networks, as the peers know them.
    enum Kind: String, Encodable {
      case dense, lenet, lstm, rnn, gru
    }

    var name: String
    var kind = Kind.dense
    /// The widths of a dense network from the features to the outputs; units, steps and features of a recurrent one.
    var widths: [Int] = []
    var activation = Activation.relu
    var batch: Int
    var isClassifier: Bool
    /// How many times faster than PyTorch the step has to be.
    var bar: Double

    /// The shape of a sample.
    var input: Shape {
      switch kind {
      case .dense: [widths[0]]
      case .lenet: [28, 28, 1]
      case .lstm, .rnn, .gru: [widths[1], widths[2]]
      }
    }

    /// The network.
    var network: Sequential {
      switch kind {
      case .dense:
        let last = widths.count - 2
        return Sequential(
          widths.dropFirst().enumerated().map { index, width in
            Dense(width, activation: index == last ? .linear : activation)
          })
      case .lenet:
        return Sequential {
          Convolution2D(6, kernel: 5, activation: .relu); Pooling.max2D()
          Convolution2D(16, kernel: 5, activation: .relu); Pooling.max2D(); Flatten()
          Dense(120, activation: .relu); Dense(84, activation: .relu); Dense(10)
        }
      case .lstm:
        return Sequential {
          LongShortTermMemory(widths[0]); Dense(1)
        }
      case .rnn:
        return Sequential {
          SimpleRecurrent(widths[0]); Dense(1)
        }
      case .gru:
        return Sequential {
          GatedRecurrent(widths[0]); Dense(1)
        }
      }
    }
  }

  static let cases: [Case] = [
    Case(
      name: "MLP 1-20-20-1 tanh, batch 100", widths: [1, 20, 20, 1], activation: .tanh, batch: 100,
      isClassifier: false, bar: 70),
    Case(
      name: "MLP 2-16-16-1 tanh, batch 32", widths: [2, 16, 16, 1], activation: .tanh, batch: 32,
      isClassifier: false, bar: 140),
    Case(
      name: "MLP 30-64-32-2 relu, batch 32", widths: [30, 64, 32, 2], batch: 32, isClassifier: true, bar: 35),
    Case(
      name: "MLP 784-128-10 relu, batch 64", widths: [784, 128, 10], batch: 64, isClassifier: true, bar: 2.5),
    Case(
      name: "MLP 784-512-512-10 relu, batch 128", widths: [784, 512, 512, 10], batch: 128,
      isClassifier: true, bar: 1.8),
    Case(
      name: "MLP 3-25-20-8 tanh, 4000 points", widths: [3, 25, 20, 8], activation: .tanh, batch: 4000,
      isClassifier: false, bar: 6),
    Case(name: "LeNet-5 28×28, batch 64", kind: .lenet, batch: 64, isClassifier: true, bar: 2.5),
    Case(
      name: "LSTM 32 units, 24 steps, batch 32", kind: .lstm, widths: [32, 24, 1], batch: 32,
      isClassifier: false, bar: 4.5),
    Case(
      name: "RNN 32 units, 24 steps, batch 32", kind: .rnn, widths: [32, 24, 1], batch: 32,
      isClassifier: false, bar: 15),
    Case(
      name: "GRU 32 units, 24 steps, batch 32", kind: .gru, widths: [32, 24, 1], batch: 32,
      isClassifier: false, bar: 4.5),
  ]

  private let run: ProgramRun<Float>
  private let parameters: WorkMemory<Float>
  private let gradients: WorkMemory<Float>
  private let state: WorkMemory<Float>
  private let optimizer = Adam()
  private var count = 0

  /// The program of a step: the loss and its gradient.
  static func program(_ wanted: Case) throws -> Program<Float> {
    let (trace, _, output) = try wanted.network.traced(for: wanted.input, isTraining: true)
    let loss: any Loss = wanted.isClassifier ? CrossEntropy() : MeanSquaredError()
    let target = trace.input("target", output.shape)
    let total = (loss.perSample(output, target) * trace.input("weight", [])).summedOverSamples()
    return Planner.program(
      for: trace, outputs: [total], gradients: total.gradients(withRespectTo: trace.parameters),
      batchSize: wanted.batch, of: Float.self)
  }

  init(_ wanted: Case) throws {
    let outputs = try wanted.network.outputCount(for: wanted.input)
    let program = try Self.program(wanted)
    parameters = WorkMemory(count: program.parameters.storageCount)
    gradients = WorkMemory(count: program.parameters.storageCount)
    state = WorkMemory(count: 2 * program.parameters.storageCount)
    run = ProgramRun(program, parameters: parameters, gradients: gradients)
    var stream = RandomStream(seed: 1, .data)
    for (index, shape) in program.parameters.shapes.enumerated() {
      for element in 0..<shape.count {
        parameters.base[program.parameters.offsets[index] + element] = Float(stream.uniform(-0.2, 0.2))
      }
    }
    let lanes = program.groups * Float.laneCount
    for (name, rows) in [("x", wanted.input.count), ("target", outputs), ("weight", 1)] {
      guard let input = run.input(name) else { continue }
      for row in 0..<rows {
        for lane in 0..<lanes {
          let value: Double = name == "weight" ? 1 / Double(wanted.batch) : stream.uniform(0, 1)
          input[row * lanes + lane] = lane < wanted.batch ? Float(value) : 0
        }
      }
    }
  }

  /// Runs so many steps, large products with the threads of a pool.
  mutating func run(steps: Int, pool: (any WorkerPool)? = nil) {
    for _ in 0..<steps {
      count += 1
      run.replay(step: count, pool: pool)
      optimizer.step(
        ParameterUpdate(
          parameters: parameters.base, gradients: gradients.base, state: state.base, count: parameters.count,
          step: count, learningRate: optimizer.learningRate))
    }
  }

  /// The loss of the last step.
  var loss: Float { run.output(0)[0] }
}
