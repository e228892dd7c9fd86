import Autodiff
import Datasets
import Kernels
import Tensors

/// Runs a network forward over a part of the data, a block of samples at a time.
///
/// What it gives for a sample does not depend on the block.
final class Evaluator<Scalar: Real> {
  private let part: DataPart<Scalar>
  private let run: ProgramRun<Scalar>
  private let inputs: BatchInputs<Scalar>
  private let groups: Int
  private let outputCount: Int
  private let blockSize: Int
  private let couplesSamples: Bool
  private var indices: [Int32]

  /// An evaluator of predictions, in the form of a loss's targets.
  convenience init(
    _ network: Sequential, part: DataPart<Scalar>, predicting loss: any Loss, parameters: WorkMemory<Scalar>
  ) throws(NetworkError) {
    try self.init(network, part, loss, data: nil, parameters, ProgramStore())
  }

  /// An evaluator of predictions and of the loss for data.
  convenience init(
    _ network: Sequential, data: Dataset, loss: any Loss, parameters: WorkMemory<Scalar>,
    programs: ProgramStore = ProgramStore()
  ) throws(NetworkError) {
    try self.init(network, DataPart(data, for: loss), loss, data: data, parameters, programs)
  }

  private init(
    _ network: Sequential, _ part: DataPart<Scalar>, _ loss: any Loss, data: Dataset?,
    _ parameters: WorkMemory<Scalar>, _ programs: ProgramStore
  ) throws(NetworkError) {
    let traced = try network.traced(for: part.inputShape)
    let vector = traced.output.reshaped(to: [traced.output.shape.count])
    var outputs = [loss.predictions(vector)]
    couplesSamples = loss.couplesSamples && data != nil
    blockSize = couplesSamples ? max(part.count, 1) : min(256, max(part.count, 1))
    if let data {
      let batch = try LossBatch(
        loss, data, in: traced.trace, size: blockSize, weight: traced.trace.input("weight", []))
      outputs.append(
        couplesSamples ? try loss.total(vector, batch) : loss.perSample(vector, batch.target))
    }
    let program = programs.program(
      for: traced.trace, outputs: outputs, batchSize: blockSize, of: Scalar.self)
    run = ProgramRun(program, parameters: parameters)
    inputs = BatchInputs(run)
    groups = program.groups
    outputCount = outputs[0].shape.count
    indices = [Int32](repeating: 0, count: blockSize)
    self.part = part
  }

  private func forEachBlock(_ body: (_ first: Int, _ count: Int) -> Void) {
    for first in stride(from: 0, to: part.count, by: blockSize) {
      let count = min(blockSize, part.count - first)
      for index in 0..<count { indices[index] = Int32(first + index) }
      indices.withUnsafeBufferPointer { indices in
        guard let base = indices.baseAddress else { return }
        part.gather(base, count, into: inputs, groups: groups)
      }
      run.replay()
      body(first, count)
    }
  }

  /// The mean loss over the part, each sample by its weight, added up in Double in the order of the samples.
  func meanLoss() -> Double {
    var sum = 0.0
    if couplesSamples {
      forEachBlock { _, _ in sum = Double(run.output(1)[0]) }
      return sum
    }
    forEachBlock { first, count in
      let losses = run.output(1)
      for index in 0..<count { sum += Double(losses[index]) * (part.weights?[first + index] ?? 1) }
    }
    return sum / Double(part.count)
  }

  /// The predictions, samples × outputs.
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

extension BatchInputs {
  /// The inputs that a program has.
  init(_ run: ProgramRun<Scalar>) {
    self.init(
      x: run.input("x"), target: run.input("target"), weight: run.input("weight"), share: run.input("share"),
      inverseError: run.input("inverse-error"))
  }
}
