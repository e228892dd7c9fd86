import Autodiff
import Datasets
import Kernels
import Tensors

/// The loss of a network over data in Double, as a function of its trained parameters, which are given one block behind
/// the other without the gaps of their layout: its gradient and products with its second derivatives.
final class LossCurvature {
  private let part: DataPart<Double>
  private let run: ProgramRun<Double>
  private let inputs: BatchInputs<Double>
  private let layout: ParameterLayout
  private let values: WorkMemory<Double>
  private let results: WorkMemory<Double>
  private let blockCount: Int
  private let groups: Int
  private let blockSize: Int
  /// Whether weights and decay apply to each parameter.
  let isPenalized: [Bool]

  /// The loss as a network is trained with it, or as it predicts.
  ///
  /// Without a key, there must be no dropout.
  init(
    _ network: Sequential, _ data: Dataset, loss: any Loss, isTraining: Bool, blockSize: Int? = nil,
    weights: [Double]? = nil, key: FitKey? = nil, programs: ProgramStore = ProgramStore()
  ) throws(NetworkError) {
    part = DataPart(data, for: loss, weights: weights)
    let whole = max(data.count, 1)
    self.blockSize = loss.couplesSamples ? blockSize ?? whole : min(blockSize ?? 256, whole)
    let traced = try network.traced(for: part.inputShape, isTraining: isTraining)
    let trace = traced.trace
    let vector = traced.output.reshaped(to: [traced.output.shape.count])
    let batch = try LossBatch(
      loss, data, in: trace, size: self.blockSize, weight: trace.input("weight", []))
    let total = try loss.total(vector, batch)
    let parameters = trace.parameters
    guard trace.blocks.allSatisfy(\.isTrained) else {
      throw .noHypergradient(
        of: "the network", reason: "its running means, as of batch-norm, are not followed")
    }
    // Directions are blocks behind those of the parameters; the gradient is written to their places.
    let tangents = parameters.map { trace.parameter($0.shape) }
    let products = total.hessianVectorProduct(Array(zip(parameters, tangents)))
    let gradients = total.gradients(withRespectTo: parameters)
    let program = programs.program(
      for: trace, outputs: [total], gradients: (products + gradients).map { $0 }, batchSize: self.blockSize,
      of: Double.self)
    layout = program.parameters
    groups = program.groups
    values = WorkMemory(count: layout.storageCount)
    results = WorkMemory(count: layout.storageCount)
    run = ProgramRun(
      program, parameters: values, gradients: results, dropoutKeys: key?.dropoutKeys(trace.dropoutCount) ?? []
    )
    inputs = BatchInputs(run)
    blockCount = parameters.count
    isPenalized = trace.blocks.flatMap { [Bool](repeating: $0.isPenalized, count: $0.shape.count) }
  }

  /// The gradient, and the product of the second derivatives with each tangent, over a batch of the data in a step of
  /// training.
  func products(
    at point: [Double], along tangents: [[Double]], over batch: ArraySlice<Int32>, step: Int = 0
  ) -> (gradient: [Double], products: [[Double]]) {
    batch.withUnsafeBufferPointer { indices in
      guard let first = indices.baseAddress else { return }
      part.gather(first, indices.count, into: inputs, groups: groups)
    }
    place(point, at: 0)
    var products: [[Double]] = []
    for tangent in tangents.isEmpty ? [[Double](repeating: 0, count: point.count)] : tangents {
      place(tangent, at: blockCount)
      run.replay(step: step)
      products.append(read(at: 0))
    }
    return (read(at: blockCount), tangents.isEmpty ? [] : products)
  }

  /// The same over all data, a block at a time, each example by its weight.
  func products(
    at point: [Double], along tangents: [[Double]] = []
  ) -> (gradient: [Double], products: [[Double]]) {
    let order = (0..<part.count).map { Int32($0) }
    var gradient = [Double](repeating: 0, count: point.count)
    var sums = tangents.map { _ in gradient }
    for first in stride(from: 0, to: order.count, by: blockSize) {
      let batch = order[first..<min(first + blockSize, order.count)]
      let share = Double(batch.count) / Double(order.count)
      let own = products(at: point, along: tangents, over: batch)
      for index in gradient.indices { gradient[index] += share * own.gradient[index] }
      for (number, product) in own.products.enumerated() {
        for index in product.indices { sums[number][index] += share * product[index] }
      }
    }
    return (gradient, sums)
  }

  /// Writes a vector into the blocks from a number on.
  private func place(_ vector: [Double], at block: Int) {
    var next = 0
    for number in block..<block + blockCount {
      let base = values.base + layout.offsets[number]
      for index in 0..<layout.shapes[number].count { base[index] = vector[next + index] }
      next += layout.shapes[number].count
    }
  }

  /// Reads the results of the blocks from a number on.
  private func read(at block: Int) -> [Double] {
    (block..<block + blockCount).flatMap { number in
      (0..<layout.shapes[number].count).map { results.base[layout.offsets[number] + $0] }
    }
  }
}
