import Autodiff
import Components
import Kernels
import Tensors
import Testing

@Suite("The planner")
struct PlannerTests {
  @Test(
    "neither reuses a value that is still read nor changes a bit by fusing",
    arguments: 0..<60 as Range<UInt64>)
  func randomGraphs(seed: UInt64) throws {
    try compare(seed: seed, Double.self, batchSize: 16)
    try compare(seed: seed, Float.self, batchSize: 48)
  }

  @Test("goes through chains of large values a tile at a time", arguments: 60..<68 as Range<UInt64>)
  func chains(seed: UInt64) throws {
    try compare(seed: seed, Double.self, batchSize: 400)
    try compare(seed: seed, Float.self, batchSize: 800)
  }

  /// Compares a program with one that keeps every value, and with plain arithmetic.
  private func compare<Scalar: Real>(seed: UInt64, _: Scalar.Type, batchSize: Int) throws {
    var random = RandomGraph(seed: seed, operations: 20)
    let graph = random.graph
    let outputs = random.outputs(2) + [random.number]
    let gradients = random.number.gradients(withRespectTo: random.parameters)
    let planned = Execution<Scalar>(graph, outputs: outputs, gradients: gradients, batchSize: batchSize)
    let all = allVariables(graph)
    let forward = Execution<Scalar>(graph, outputs: outputs, batchSize: batchSize)
    let keeping = Execution<Scalar>(graph, outputs: all, batchSize: batchSize)
    // Twice, because a value that was overwritten is noticed only in the second run.
    for run in 0..<2 as Range<UInt64> {
      for execution in [planned, forward, keeping] {
        execution.fill(graph, seed: seed + 100 * run)
        execution.replay()
        execution.replay()
      }
      for (number, output) in outputs.enumerated() {
        let expected = keeping.output(output.index, of: output)
        #expect(sameBits(planned.output(number, of: output), expected), "output \(number), run \(run)")
        #expect(sameBits(forward.output(number, of: output), expected), "output \(number) alone, run \(run)")
      }
      for (block, gradient) in gradients.enumerated() {
        #expect(
          sameBits(planned.gradient(block), keeping.output(gradient.index, of: gradient)),
          "gradient \(block), run \(run)")
      }
      if Scalar.self == Double.self { compare(keeping, graph, batchSize) }
      checkGaps(planned)
    }
  }

  private func compare<Scalar: Real>(_ execution: Execution<Scalar>, _ graph: Graph, _ samples: Int) {
    let all = allVariables(graph)
    func found(_ index: Int) -> [[Double]] {
      let node = all[index]
      let flat = execution.output(index, of: node).map { Double($0) }
      guard node.isBatched else { return [flat] }
      return (0..<samples).map { sample in (0..<node.shape.count).map { flat[$0 * execution.lanes + sample] }
      }
    }
    let interpreter = Interpreter(graph, samples: samples) { found($0) }
    for index in all.indices {
      for (a, b) in zip(found(index).joined(), interpreter.values[index].joined()) {
        #expect(abs(a - b) <= 1e-11 * max(1, abs(b)), "node \(index), \(graph.nodes[index].operation)")
      }
    }
  }

  private func checkGaps<Scalar: Real>(_ execution: Execution<Scalar>) {
    let layout = execution.program.parameters
    var isUsed = [Bool](repeating: false, count: layout.storageCount)
    for (offset, shape) in zip(layout.offsets, layout.shapes) {
      for element in 0..<shape.count { isUsed[offset + element] = true }
    }
    #expect(isUsed.indices.allSatisfy { isUsed[$0] || execution.gradients.base[$0] == 0 })
  }

  @Test("keeps the gaps between parameter blocks at zero even where a gradient is spread")
  func gaps() {
    let graph = Graph()
    let parameters = [graph.parameter([3]), graph.parameter([]), graph.parameter([2, 5])]
    let sums = parameters.map { $0.summedOverElements() }
    let number = sums[0] * sums[1] + sums[2].map(.exponential)
    let execution = Execution<Float>(
      graph, outputs: [number], gradients: number.gradients(withRespectTo: parameters), batchSize: 16)
    execution.fill(graph, seed: 2)
    execution.replay()
    #expect(execution.gradient(0).allSatisfy { $0 != 0 })
    checkGaps(execution)
  }

  @Test("uses memory again: a deep network needs no more than a few layers for prediction")
  func reuse() {
    func arena(layers: Int) -> Int {
      let graph = Graph()
      var value = graph.input("x", [8])
      for _ in 0..<layers { value = graph.parameter([8, 8]).matrixProduct(value).map(.tanh) }
      return Execution<Float>(graph, outputs: [value], batchSize: 32).program.arenaCount
    }
    #expect(arena(layers: 20) == arena(layers: 4))
  }

  @Test("keeps inputs and numbers that appear late apart from what was computed before them")
  func lateInputs() {
    let graph = Graph()
    let hidden = graph.parameter([9, 4]).matrixProduct(graph.input("x", [4])).map(.tanh)
    let output = graph.parameter([9, 9]).matrixProduct(hidden).map(.tanh)
    let last = graph.parameter([2, 9]).matrixProduct(output)
    let difference =
      (last - graph.input("target", [2])).map(.square).summedOverElements() * graph.constant(0.5)
    let planned = Execution<Float>(graph, outputs: [difference], batchSize: 32)
    let keeping = Execution<Float>(graph, outputs: [difference] + allVariables(graph), batchSize: 32)
    for execution in [planned, keeping] {
      execution.fill(graph, seed: 8)
      for _ in 0..<3 { execution.replay() }
    }
    #expect(sameBits(planned.output(0, of: difference), keeping.output(0, of: difference)))
  }

  @Test("makes one record of neighboring functions of large values, and no other bits")
  func chainRecords() {
    func run(_ batchSize: Int) -> (records: Int, values: [Float]) {
      let graph = Graph()
      let x = graph.input("x", [3])
      let y = (x.map(.tanh) * 2 + x).map(.sigmoid).selected(where: x, otherwise: x.map(.square))
      let execution = Execution<Float>(graph, outputs: [y], batchSize: batchSize)
      for element in 0..<3 {
        for sample in 0..<16 { execution.setInput("x", element, sample: sample, Float(element - sample)) }
      }
      execution.replay()
      let values = execution.output(0, of: y)
      let lanes = values.count / 3
      return (execution.program.recordCount, (0..<3).flatMap { Array(values[$0 * lanes..<$0 * lanes + 16]) })
    }
    let (small, large) = (run(16), run(4096))
    #expect(small.records == 6 && large.records == 1 && sameBits(small.values, large.values))
  }

  @Test("writes equal values once")
  func sharing() {
    let graph = Graph()
    let x = graph.input("x", [3])
    #expect(x.map(.tanh).index == x.map(.tanh).index)
    #expect((x * x).index != (x + x).index)
    #expect(graph.parameter([2]).index != graph.parameter([2]).index)
  }

  @Test("gives the same bits with any number of threads")
  func threads() {
    threads(Float.self)
    threads(Double.self)
  }

  private func threads<Scalar: Real>(_: Scalar.Type) {
    let graph = Graph()
    let (first, second) = (graph.parameter([210, 130]), graph.parameter([170, 210]))
    let bias = graph.parameter([210])
    let hidden = first.matrixProduct(graph.input("x", [130]), startingAt: bias).map(.tanh)
    let output = second.matrixProduct(hidden)
    let loss = output.map(.square).summedOverElements().summedOverSamples()
    let gradients = loss.gradients(withRespectTo: [first, second, bias])
    let execution = Execution<Scalar>(graph, outputs: [loss, output], gradients: gradients, batchSize: 190)
    execution.fill(graph, seed: 9)
    execution.replay()
    let alone = [execution.output(0, count: 1), execution.output(1, of: output)]
    let slopes = (0..<3).map { execution.gradient($0) }
    for threads in [1, 2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      for _ in 0..<20 {
        execution.replay(pool: pool)
        #expect(sameBits(execution.output(0, count: 1), alone[0]))
        #expect(sameBits(execution.output(1, of: output), alone[1]))
        for block in 0..<3 { #expect(sameBits(execution.gradient(block), slopes[block])) }
      }
    }
  }

  @Test("gives a sample the same bits in a batch of any size")
  func batchSizes() {
    let graph = Graph()
    let weights = graph.parameter([7, 3])
    let output = weights.matrixProduct(graph.input("x", [3])).map(.tanh).softmax()
    var found: [[Float]] = []
    for batchSize in [1, 5, 16, 17, 100] {
      let execution = Execution<Float>(graph, outputs: [output], batchSize: batchSize)
      execution.fill(graph, seed: 6)
      // The inputs depend on the size of the batch: the first sample is set by hand.
      for element in 0..<3 { execution.setInput("x", element, sample: 0, 0.1 * Float(element + 1)) }
      execution.replay()
      let values = execution.output(0, of: output)
      found.append((0..<7).map { values[$0 * execution.lanes] })
    }
    for values in found { #expect(sameBits(values, found[0])) }
  }
}
