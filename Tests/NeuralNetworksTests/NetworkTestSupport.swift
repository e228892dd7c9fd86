import Autodiff
import Datasets
import Foundation
import Kernels
import NeuralNetworks
import Tensors
import Testing

/// The numbers that a peer has written.
enum Fixture {
  static func load<Value: Decodable>(_ name: String, as _: Value.Type = Value.self) throws -> Value {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
  }
}

/// Hands out given weights in order.
final class GivenWeights: Initializer, @unchecked Sendable {
  private var rest: ArraySlice<Double>
  init(_ weights: [Double]) { rest = weights[...] }
  func values(
    shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream
  ) -> [Double] {
    (0..<shape.count).map { _ in rest.popFirst() ?? .nan }
  }
}

/// Whether numbers agree with others, by the size of the largest.
func agree(_ found: [Double], _ expected: [Double], to tolerance: Double) -> Bool {
  let size = expected.reduce(1) { max($0, abs($1)) }
  return found.count == expected.count
    && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * size }
}

/// A network in double with its mean squared error over samples that do not change: outputs, gradients and steps.
final class NetworkProgram {
  private let network: Sequential
  private let inputShape: Shape
  private let count: Int
  private let outputCount: Int
  private let layout: ParameterLayout
  private let isTrained: [Bool]
  private let parameters: WorkMemory<Double>
  private let slopes: WorkMemory<Double>
  private let run: ProgramRun<Double>
  private let lanes: Int
  private let inputs: [Double]

  init(_ network: Sequential, input: Shape, inputs: [Double], targets: [Double], count: Int) throws {
    self.network = network
    inputShape = input
    self.count = count
    self.inputs = inputs
    let traced = try network.traced(for: input, isTraining: true)
    let trace = traced.trace
    outputCount = targets.count / count
    let target = trace.input("target", [outputCount])
    let total = (MeanSquaredError().perSample(traced.output, target) * trace.input("weight", []))
      .summedOverSamples()
    let inputSlope = total.gradients(withRespectTo: [traced.input])[0]
    let program = Planner.program(
      for: trace, outputs: [traced.output, total, inputSlope], gradients: trace.gradients(of: total),
      batchSize: count, of: Double.self)
    layout = program.parameters
    isTrained = trace.blocks.map(\.isTrained)
    parameters = WorkMemory(count: layout.storageCount)
    slopes = WorkMemory(count: layout.storageCount)
    run = ProgramRun(program, parameters: parameters, gradients: slopes)
    lanes = program.groups * Double.laneCount
    place(inputs, "x", run)
    place(targets, "target", run)
    place([Double](repeating: 1 / Double(count), count: count), "weight", run)
    place([Double](repeating: 1 / Double(count), count: count), "share", run)
  }

  /// Lays samples along the lanes of an input.
  private func place(_ values: [Double], _ name: String, _ run: ProgramRun<Double>) {
    guard let target = run.input(name) else { return }
    let size = values.count / count
    for sample in 0..<count {
      for element in 0..<size { target[element * lanes + sample] = values[sample * size + element] }
    }
  }

  private func samples(_ index: Int, of size: Int, _ run: ProgramRun<Double>) -> [Double] {
    let output = run.output(index)
    return (0..<count).flatMap { sample in (0..<size).map { output[$0 * lanes + sample] } }
  }

  /// Sets the trained blocks; states begin with zeros for means and ones for variances.
  func begin(_ blocks: [[Double]]) {
    var rest = blocks[...]
    var states = 0
    for (block, offset) in layout.offsets.enumerated() {
      var values = [Double](repeating: Double(states % 2), count: layout.shapes[block].count)
      if isTrained[block] { values = rest.popFirst() ?? [] } else { states += 1 }
      for (index, value) in values.enumerated() { parameters.base[offset + index] = value }
    }
  }

  private func blocks(of memory: WorkMemory<Double>, trained: Bool) -> [[Double]] {
    layout.offsets.indices.filter { isTrained[$0] == trained }.map { block in
      (0..<layout.shapes[block].count).map { memory.base[layout.offsets[block] + $0] }
    }
  }

  var gradients: [[Double]] { blocks(of: slopes, trained: true) }
  var states: [[Double]] { blocks(of: parameters, trained: false) }
  var outputs: [Double] { samples(0, of: outputCount, run) }
  var inputGradient: [Double] { samples(2, of: inputShape.count, run) }

  /// Computes everything; the loss.
  @discardableResult
  func replay() -> Double {
    run.replay(step: 1)
    return run.output(1)[0]
  }

  /// Takes steps over all samples; the loss before each.
  func train(_ rule: any UpdateRule, steps: Int) -> [Double] {
    let state = WorkMemory<Double>(count: layout.trainedCount * max(rule.stateCount, 1))
    return (1...steps).map { step in
      let loss = replay()
      for index in layout.trainedCount..<layout.storageCount { parameters.base[index] = slopes.base[index] }
      rule.step(
        ParameterUpdate(
          parameters: parameters.base, gradients: slopes.base, state: state.base, count: layout.trainedCount,
          step: step, learningRate: rule.learningRate))
      return loss
    }
  }

  /// What the network predicts with the parameters of the moment.
  func predictions() throws -> [Double] {
    let traced = try network.traced(for: inputShape)
    let program = Planner.program(
      for: traced.trace, outputs: [traced.output], batchSize: count, of: Double.self)
    let prediction = ProgramRun(program, parameters: parameters)
    place(inputs, "x", prediction)
    prediction.replay()
    return samples(0, of: outputCount, prediction)
  }
}
