import Components
import Kernels
import Tensors

/// The memory of a program's runs: its arena with inputs and outputs.
///
/// Parameters and gradients are given, so that a training and a prediction program can share them.
public final class ProgramRun<Scalar: Real> {
  private let program: Program<Scalar>
  private let arena: WorkMemory<Scalar>
  private let parameters: UnsafeMutablePointer<Scalar>
  private let gradients: UnsafeMutablePointer<Scalar>
  private let dropoutKeys: [UInt64]
  private let owners: [WorkMemory<Scalar>]
  /// The addresses of the program's lists; two neighbors are the pair of a contraction.
  private let lists: UnsafeMutableBufferPointer<UnsafePointer<Scalar>>

  /// Memory for runs of a program over given parameters.
  ///
  /// There is a key for each dropout.
  public init(
    _ program: Program<Scalar>, parameters: WorkMemory<Scalar>, gradients: WorkMemory<Scalar>? = nil,
    dropoutKeys: [UInt64] = []
  ) {
    precondition(
      parameters.count >= program.parameters.storageCount && dropoutKeys.count >= program.dropoutCount,
      "the program has \(program.parameters.storageCount) parameters and \(program.dropoutCount) dropouts")
    self.program = program
    arena = WorkMemory(count: program.arenaCount)
    let gradients = gradients ?? parameters
    self.parameters = parameters.base
    self.gradients = gradients.base
    owners = [parameters, gradients]
    self.dropoutKeys = dropoutKeys
    lists = .allocate(capacity: program.lists.count)
    for (index, operand) in program.lists.enumerated() {
      lists.initializeElement(at: index, to: UnsafePointer(address(operand)))
    }
    for constant in program.constants {
      for (index, value) in constant.values.enumerated() {
        arena.base[constant.offset + index] = Scalar(value)
      }
    }
  }

  deinit { lists.deallocate() }

  /// Where an input lies: elements × groups of lanes.
  ///
  /// Writing +0 behind the last sample is the writer's duty.
  public func input(_ name: String) -> UnsafeMutablePointer<Scalar>? {
    program.inputs[name].map { arena.base + $0 }
  }

  /// Where an output lies: elements × groups of lanes if it is batched, else its elements.
  public func output(_ index: Int) -> UnsafeMutablePointer<Scalar> { address(program.outputs[index].operand) }

  @inline(__always)
  private func address(_ operand: Operand) -> UnsafeMutablePointer<Scalar> {
    switch operand.region {
    case .parameters: parameters + Int(operand.offset)
    case .gradients: gradients + Int(operand.offset)
    default: arena.base + Int(operand.offset)
    }
  }

  @inline(__always)
  private func optionalAddress(_ operand: Operand) -> UnsafePointer<Scalar>? {
    operand.region == .none ? nil : UnsafePointer(address(operand))
  }

  /// Computes everything once.
  ///
  /// `step` counts the runs of a training: dropout draws by it. Large products are shared with the threads of the
  /// pool, cut by their sizes alone; no bit depends on it.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  public func replay(step: Int = 0, pool: (any WorkerPool)? = nil) {
    guard let pool, program.isWorthSharing else {
      program.records.withUnsafeBufferPointer { records in
        for record in records { run(record, step) }
      }
      return
    }
    for (record, cut) in zip(program.records, program.cuts) {
      if cut.count > 1 {
        share(record, cut, with: pool)
      } else {
        run(record, step)
      }
    }
  }

  /// Computes a product with the threads of a pool.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private func share(_ record: Record, _ cut: ProductCut, with pool: any WorkerPool) {
    switch record {
    case .matrixProduct(let product):
      let (weights, x, result) = (address(product.weights), address(product.x), address(product.result))
      let start = optionalAddress(product.start)
      pool.forEach(cut.count) { index in
        Scalar.matrixProduct(
          weights, start: start, startLayout: product.startLayout, x, result, inputs: product.inputs,
          groups: product.groups, function: product.function, part: cut[index])
      }
    case .transposedMatrixProduct(let product):
      let (weights, d, result) = (address(product.weights), address(product.x), address(product.result))
      let values = optionalAddress(product.start)
      pool.forEach(cut.count) { index in
        Scalar.transposedMatrixProduct(
          weights, d, values, result, inputs: product.inputs, outputs: product.outputs,
          groups: product.groups, function: product.function, part: cut[index])
      }
    case .contractSamples(let list, let result, _, let columns):
      guard let base = lists.baseAddress else { return }
      let pairs = UnsafeRawPointer(base + list.first).assumingMemoryBound(to: ContractionPair<Scalar>.self)
      let target = address(result)
      pool.forEach(cut.count) { index in
        Scalar.contractSamples(
          pairs, count: list.count / 2, target, rows: cut[index].rows, columns: columns, groups: list.groups)
      }
    default: return
    }
  }

  @inline(__always)
  private func run(_ record: Record, _ step: Int) {
    switch record {
    case .matrixProduct(let product): run(product)
    case .transposedMatrixProduct(let product): runTransposed(product)
    case .contractSamples(let list, let result, let rows, let columns):
      contract(list, address(result), rows, columns)
    case .sumSamples(let list, let result, let rows): sum(list, address(result), rows)
    case .multiplyMatrices(let pair):
      Scalar.multiplyMatrices(
        address(pair.first), address(pair.second), address(pair.result), count: pair.count, rows: pair.rows,
        inner: pair.inner, columns: pair.columns, a: pair.firstLayout, b: pair.secondLayout,
        groups: pair.groups)
    case .convolution(let c):
      Scalar.convolution(
        address(c.first), optionalAddress(c.third), address(c.second), address(c.result), c.geometry,
        groups: c.groups, function: c.function)
    case .transposedConvolution(let c):
      Scalar.transposedConvolution(
        address(c.first), address(c.second), address(c.result), c.geometry, groups: c.groups)
    case .contractConvolution(let c):
      Scalar.contractConvolution(
        address(c.first), address(c.second), address(c.result), c.geometry, groups: c.groups)
    case .selectMaxima(let c):
      Scalar.selectMaxima(
        address(c.first), address(c.second), address(c.result), c.geometry, groups: c.groups)
    case .scatterMaxima(let c):
      Scalar.scatterMaxima(
        address(c.first), address(c.second), address(c.result), c.geometry, groups: c.groups)
    case .sumWindows(let c):
      Scalar.sumWindows(address(c.first), address(c.result), c.geometry, groups: c.groups)
    case .spreadWindows(let c):
      Scalar.spreadWindows(address(c.first), address(c.result), c.geometry, groups: c.groups)
    case .map(let function, let x, let result, let groups):
      Scalar.map(function, address(x), address(result), groups: groups)
    case .gradient(let function, let y, let upstream, let result, let groups):
      Scalar.gradient(function, address(y), address(upstream), address(result), groups: groups)
    case .combine(let c):
      Scalar.combine(
        c.function, address(c.first), address(c.second), address(c.result), rows: c.rows, columns: c.groups,
        a: c.firstLayout, b: c.secondLayout)
    default: runRearrangement(record, step)
    }
  }

  @inline(__always)
  private func runRearrangement(_ record: Record, _ step: Int) {
    switch record {
    case .select(let condition, let a, let b, let result, let groups):
      Scalar.select(address(condition), address(a), address(b), address(result), groups: groups)
    case .reduce(let reduction, let x, let result, let axes, let groups):
      Scalar.reduce(reduction, address(x), address(result), axes: axes, groups: groups)
    case .cumulativeSum(let x, let result, let axes, let isReversed, let groups):
      Scalar.cumulativeSum(
        address(x), address(result), axes: axes, isReversed: isReversed, groups: groups)
    case .softmax(let x, let result, let positions, let classes, let groups):
      let row = classes &* groups &* Scalar.laneCount
      for position in 0..<positions {
        Scalar.softmax(
          address(x) + position &* row, address(result) + position &* row, classes: classes, groups: groups)
      }
    case .softmaxCrossEntropy(let x, let target, let result, let positions, let classes, let groups):
      let lanes = groups &* Scalar.laneCount
      for position in 0..<positions {
        Scalar.softmaxCrossEntropy(
          address(x) + position &* classes &* lanes, address(target) + position &* classes &* lanes,
          address(result) + position &* lanes, classes: classes, groups: groups)
      }
    case .copy(let source, let result, let layout, let groups, let isSpread):
      Scalar.copy(address(source), address(result), layout, groups: groups, isSpread: isSpread)
    case .fill(let result, let count, let value):
      Scalar.fill(address(result), count: count, with: Scalar(value))
    case .gatherRows(let table, let numbers, let result, let sizes, let lanes):
      Scalar.gatherRows(address(table), address(numbers), address(result), sizes, lanes: lanes)
    case .scatterRows(let upstream, let numbers, let result, let sizes, let lanes):
      Scalar.scatterRows(address(upstream), address(numbers), address(result), sizes, lanes: lanes)
    case .samplesAsRows(let x, let result, let elements, let samples, let lanes):
      Scalar.samplesAsRows(address(x), address(result), elements: elements, samples: samples, lanes: lanes)
    case .rowsAsSamples(let x, let result, let elements, let samples, let lanes):
      Scalar.rowsAsSamples(address(x), address(result), elements: elements, samples: samples, lanes: lanes)
    case .dropoutMask(let result, let rows, let lanes, let rate, let index):
      Scalar.dropoutMask(
        address(result), rows: rows, lanes: lanes, rate: rate, key: dropoutKeys[index], step: UInt64(step))
    default: return
    }
  }

  @inline(__always)
  private func run(_ product: MatrixProductRecord) {
    let lanes = product.groups &* Scalar.laneCount
    let start = optionalAddress(product.start)
    for position in 0..<product.positions {
      let results = position &* product.outputs &* lanes
      Scalar.matrixProduct(
        address(product.weights), start: product.startLayout == .full ? start.map { $0 + results } : start,
        startLayout: product.startLayout, address(product.x) + position &* product.inputs &* lanes,
        address(product.result) + results, inputs: product.inputs, outputs: product.outputs,
        groups: product.groups, function: product.function)
    }
  }

  @inline(__always)
  private func runTransposed(_ product: MatrixProductRecord) {
    let lanes = product.groups &* Scalar.laneCount
    let values = optionalAddress(product.start)
    for position in 0..<product.positions {
      let results = position &* product.inputs &* lanes
      Scalar.transposedMatrixProduct(
        address(product.weights), address(product.x) + position &* product.outputs &* lanes,
        values.map { $0 + results }, address(product.result) + results, inputs: product.inputs,
        outputs: product.outputs, groups: product.groups, function: product.function)
    }
  }

  @inline(__always)
  private func contract(
    _ list: ListRecord, _ result: UnsafeMutablePointer<Scalar>, _ rows: Int, _ columns: Int
  ) {
    guard let base = lists.baseAddress else { return }
    let first = base + list.first
    if list.count == 2 {
      Scalar.contractSamples(first[0], first[1], result, rows: rows, columns: columns, groups: list.groups)
      return
    }
    let pairs = UnsafeRawPointer(first).assumingMemoryBound(to: ContractionPair<Scalar>.self)
    Scalar.contractSamples(
      pairs, count: list.count / 2, result, rows: rows, columns: columns, groups: list.groups)
  }

  @inline(__always)
  private func sum(_ list: ListRecord, _ result: UnsafeMutablePointer<Scalar>, _ rows: Int) {
    guard let base = lists.baseAddress else { return }
    let first = base + list.first
    if list.count == 1 {
      Scalar.sumSamples(first[0], result, rows: rows, groups: list.groups)
    } else {
      Scalar.sumSamples(first, count: list.count, result, rows: rows, groups: list.groups)
    }
  }
}
