import Autodiff
import Components
import Kernels
import Tensors

/// A program with its memory: sets inputs and parameters, runs, and reads what came out.
final class Execution<Scalar: Real> {
  let program: Program<Scalar>
  let parameters: WorkMemory<Scalar>
  let gradients: WorkMemory<Scalar>
  private let run: ProgramRun<Scalar>

  init(_ graph: Graph, outputs: [Variable], gradients targets: [Variable] = [], batchSize: Int) {
    program = Planner.program(
      for: graph, outputs: outputs, gradients: targets, batchSize: batchSize, of: Scalar.self)
    parameters = WorkMemory(count: program.parameters.storageCount)
    gradients = WorkMemory(count: program.parameters.storageCount)
    run = ProgramRun(program, parameters: parameters, gradients: gradients)
  }

  /// Fills all parameters and inputs with numbers between −1 and 1 that depend on the seed and the name alone.
  func fill(_ graph: Graph, seed: UInt64) {
    for (block, shape) in program.parameters.shapes.enumerated() {
      var stream = RandomStream(seed: seed, .weights, block)
      for element in 0..<shape.count {
        parameters.base[program.parameters.offsets[block] + element] = Scalar(stream.uniform(-1, 1))
      }
    }
    for (index, node) in graph.nodes.enumerated() {
      guard case .input(let name) = node.operation, let base = run.input(name) else { continue }
      var stream = RandomStream(seed: seed, .data, index)
      for element in 0..<node.shape.count {
        for lane in 0..<lanes {
          base[element * lanes + lane] = lane < program.batchSize ? Scalar(stream.uniform(-1, 1)) : 0
        }
      }
    }
  }

  /// Sets one number of an input.
  func setInput(_ name: String, _ element: Int, sample: Int, _ value: Scalar) {
    run.input(name)?[element * lanes + sample] = value
  }

  var lanes: Int { program.groups * Scalar.laneCount }

  func replay(pool: (any WorkerPool)? = nil) { run.replay(pool: pool) }

  /// The first so many numbers of an output.
  func output(_ index: Int, count: Int) -> [Scalar] {
    Array(UnsafeBufferPointer(start: run.output(index), count: count))
  }

  /// The numbers of an output that is a value of the graph.
  func output(_ index: Int, of variable: Variable) -> [Scalar] {
    output(index, count: variable.shape.count * (variable.isBatched ? lanes : 1))
  }

  /// The numbers of an output sample by sample; one list for a value that is no batch.
  func samples(_ index: Int, of variable: Variable, count: Int) -> [[Double]] {
    let flat = output(index, of: variable).map { Double($0) }
    guard variable.isBatched else { return [flat] }
    return (0..<count).map { sample in (0..<variable.shape.count).map { flat[$0 * lanes + sample] } }
  }

  /// The numbers of a block of gradients.
  func gradient(_ block: Int) -> [Scalar] {
    let first = program.parameters.offsets[block]
    return (first..<first + program.parameters.shapes[block].count).map { gradients.base[$0] }
  }
}

/// Every node of a graph as a variable.
func allVariables(_ graph: Graph) -> [Variable] {
  graph.nodes.indices.map { Variable(graph: graph, index: $0) }
}

/// Whether all numbers have the same bits.
func sameBits<Scalar: Real>(_ first: [Scalar], _ second: [Scalar]) -> Bool {
  first.count == second.count
    && zip(first, second).allSatisfy { $0 == $1 && $0.sign == $1.sign || $0.isNaN && $1.isNaN }
}

/// The largest deviation of the derivatives of a number from central differences, relative to what is above one: the
/// derivative, or the number, whose rounding the differences amplify.
func gradientError(of number: Variable, withRespectTo targets: [Variable], batchSize: Int = 16) -> Double {
  let graph = number.graph
  let execution = Execution<Double>(
    graph, outputs: [number], gradients: number.gradients(withRespectTo: targets), batchSize: batchSize)
  execution.fill(graph, seed: 17)
  execution.replay()
  let size = abs(execution.output(0, count: 1)[0])
  let derivatives = targets.indices.map { execution.gradient($0) }
  var worst = 0.0
  let step = 1e-5
  func value(_ offset: Int, _ change: Double) -> Double {
    let old = execution.parameters.base[offset]
    execution.parameters.base[offset] = old + change
    defer { execution.parameters.base[offset] = old }
    execution.replay()
    return execution.output(0, count: 1)[0]
  }
  for (block, derivative) in derivatives.enumerated() {
    for (element, exact) in derivative.enumerated() {
      let offset = execution.program.parameters.offsets[block] + element
      let slope = (value(offset, step) - value(offset, -step)) / (2 * step)
      worst = max(worst, abs(slope - exact) / max(1, abs(exact), size))
      if !exact.isFinite { return .infinity }
    }
  }
  return worst
}
