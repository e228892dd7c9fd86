import Autodiff
import Components
import Kernels
import NeuralNetworks
import Tensors

/// One optimizer step of a dense network: forward, backward and Adam, without reading data.
struct NetworkStep {
  /// What is measured.
  struct Case: Encodable {
    var name: String
    /// The widths from the features to the outputs.
    var widths: [Int]
    var activation: Activation
    var batch: Int
    var isClassifier: Bool
    /// How many times faster than PyTorch the step has to be.
    var bar: Double
  }

  static let cases: [Case] = [
    Case(
      name: "MLP 1-20-20-1 tanh, batch 100", widths: [1, 20, 20, 1], activation: .tanh, batch: 100,
      isClassifier: false, bar: 70),
    Case(
      name: "MLP 2-16-16-1 tanh, batch 32", widths: [2, 16, 16, 1], activation: .tanh, batch: 32,
      isClassifier: false, bar: 140),
    Case(
      name: "MLP 30-64-32-2 relu, batch 32", widths: [30, 64, 32, 2], activation: .relu, batch: 32,
      isClassifier: true, bar: 35),
    Case(
      name: "MLP 784-128-10 relu, batch 64", widths: [784, 128, 10], activation: .relu, batch: 64,
      isClassifier: true, bar: 2.5),
    Case(
      name: "MLP 784-512-512-10 relu, batch 128", widths: [784, 512, 512, 10], activation: .relu, batch: 128,
      isClassifier: true, bar: 1.8),
    Case(
      name: "MLP 3-25-20-8 tanh, 4000 points", widths: [3, 25, 20, 8], activation: .tanh, batch: 4000,
      isClassifier: false, bar: 6),
  ]

  private let run: ProgramRun<Float>
  private let parameters: WorkMemory<Float>
  private let gradients: WorkMemory<Float>
  private let state: WorkMemory<Float>
  private let optimizer = Adam()
  private var count = 0

  init(_ wanted: Case) throws {
    let last = wanted.widths.count - 2
    let network = Sequential(
      wanted.widths.dropFirst().enumerated().map { index, width in
        Dense(width, activation: index == last ? .linear : wanted.activation)
      })
    let graph = Graph()
    let x = graph.input("x", [wanted.widths[0]])
    let traced = try network.trace(x, isTraining: true)
    let loss: any Loss = wanted.isClassifier ? CrossEntropy() : MeanSquaredError()
    let target = graph.input("target", traced.output.shape)
    let total = (loss.perSample(traced.output, target) * graph.input("weight", [])).summedOverSamples()
    let program = Planner.program(
      for: graph, outputs: [total], gradients: total.gradients(withRespectTo: traced.parameters),
      batchSize: wanted.batch, of: Float.self)
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
    for (name, rows) in [("x", wanted.widths[0]), ("target", traced.output.shape.count), ("weight", 1)] {
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
          step: count))
    }
  }

  /// The loss of the last step.
  var loss: Float { run.output(0)[0] }
}
