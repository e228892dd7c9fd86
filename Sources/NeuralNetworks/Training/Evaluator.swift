import Autodiff
import Kernels
import Tensors

/// Runs a network forward over a part of the data, a block of samples at a time.
///
/// What it gives for a sample does not depend on the block.
final class Evaluator<Scalar: Real> {
  private let part: DataPart<Scalar>
  private let run: ProgramRun<Scalar>
  private let groups: Int
  private let outputCount: Int
  private let blockSize: Int
  private let hasLoss: Bool

  init(
    _ network: Sequential, part: DataPart<Scalar>, loss: (any Loss)?, parameters: WorkMemory<Scalar>
  ) throws(NetworkError) {
    let graph = Graph()
    let x = graph.input("x", [part.inputCount])
    let traced = try network.trace(x, isTraining: false)
    var outputs = [traced.output]
    if let loss { outputs.append(loss.perSample(traced.output, graph.input("target", traced.output.shape))) }
    blockSize = min(256, max(part.count, 1))
    let program = Planner.program(for: graph, outputs: outputs, batchSize: blockSize, of: Scalar.self)
    run = ProgramRun(program, parameters: parameters)
    groups = program.groups
    outputCount = traced.output.shape.count
    self.part = part
    hasLoss = loss != nil
  }

  private func forEachBlock(_ body: (_ first: Int, _ count: Int) -> Void) {
    var indices = [Int32](repeating: 0, count: blockSize)
    guard let x = run.input("x") else { return }
    for first in stride(from: 0, to: part.count, by: blockSize) {
      let count = min(blockSize, part.count - first)
      for index in 0..<count { indices[index] = Int32(first + index) }
      part.gather(indices, count, x: x, target: hasLoss ? run.input("target") : nil, groups: groups)
      run.replay()
      body(first, count)
    }
  }

  /// The mean loss over the part, added up in Double in the order of the samples.
  func meanLoss() -> Double {
    var sum = 0.0
    forEachBlock { _, count in
      let losses = run.output(1)
      for index in 0..<count { sum += Double(losses[index]) }
    }
    return sum / Double(part.count)
  }

  /// The outputs, samples × outputs.
  func predictions() -> Tensor<Double> {
    var result = Tensor<Double>(repeating: 0, shape: [part.count, outputCount])
    let lanes = groups * Scalar.laneCount
    forEachBlock { first, count in
      let output = run.output(0)
      for index in 0..<count {
        for unit in 0..<outputCount { result[first + index, unit] = Double(output[unit * lanes + index]) }
      }
    }
    return result
  }
}
