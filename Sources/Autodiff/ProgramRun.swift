import Components
import Kernels
import Tensors

/// The memory of a program's runs: its arena with inputs and outputs.
///
/// Parameters and gradients are given, so that a training and a prediction program can share them.
public final class ProgramRun<Scalar: Real> {
  private let program: Program<Scalar>
  private let arena: WorkMemory<Scalar>
  private let addresses: Addresses<Scalar>
  private let instructions: UnsafeMutableBufferPointer<Instruction<Scalar>>
  /// The instructions of all chains.
  private let links: UnsafeMutableBufferPointer<Instruction<Scalar>>
  private let dropoutKeys: [UInt64]
  private let owners: [WorkMemory<Scalar>]

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
    owners = [parameters, gradients]
    self.dropoutKeys = dropoutKeys
    let lists = UnsafeMutableBufferPointer<UnsafePointer<Scalar>>.allocate(capacity: program.lists.count)
    let addresses = Addresses(
      arena: arena.base, parameters: parameters.base, gradients: gradients.base, lists: lists)
    for (index, operand) in program.lists.enumerated() {
      lists.initializeElement(at: index, to: UnsafePointer(addresses[operand]))
    }
    self.addresses = addresses
    instructions = Self.resolved(program.records, addresses)
    links = Self.resolved(program.links, addresses)
    for constant in program.constants {
      for (index, value) in constant.values.enumerated() {
        arena.base[constant.offset + index] = Scalar(value)
      }
    }
  }

  private static func resolved(
    _ records: [Record], _ addresses: Addresses<Scalar>
  ) -> UnsafeMutableBufferPointer<Instruction<Scalar>> {
    let instructions = UnsafeMutableBufferPointer<Instruction<Scalar>>.allocate(capacity: records.count)
    for (number, record) in records.enumerated() {
      instructions.initializeElement(at: number, to: Instruction(record, number, in: addresses))
    }
    return instructions
  }

  deinit {
    addresses.lists.deallocate()
    instructions.deallocate()
    links.deallocate()
  }

  /// Where an input lies: elements × groups of lanes.
  ///
  /// Writing +0 behind the last sample is the writer's duty.
  public func input(_ name: String) -> UnsafeMutablePointer<Scalar>? {
    program.inputs[name].map { arena.base + $0 }
  }

  /// Where an output lies: elements × groups of lanes if it is batched, else its elements.
  public func output(_ index: Int) -> UnsafeMutablePointer<Scalar> { address(program.outputs[index].operand) }

  @inline(__always)
  private func address(_ operand: Operand) -> UnsafeMutablePointer<Scalar> { addresses[operand] }

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
      guard let first = instructions.baseAddress else { return }
      for index in 0..<instructions.count { run(first + index, step) }
      return
    }
    for (number, cut) in program.cuts.enumerated() {
      if cut.count > 1 {
        share(program.records[number], cut, with: pool)
      } else if let first = instructions.baseAddress {
        run(first + number, step)
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
      guard let base = addresses.lists.baseAddress else { return }
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
  private func run(_ instruction: UnsafePointer<Instruction<Scalar>>, _ step: Int) {
    if instruction.pointee.kind == .chain { return runChain(instruction) }
    guard instruction.pointee.kind != .record, let first = instruction.pointee.first,
      let result = instruction.pointee.result
    else { return runRecord(instruction.pointee.number, step) }
    let second = instruction.pointee.second ?? first
    let (rows, groups) = (instruction.pointee.rows, instruction.pointee.groups)
    switch instruction.pointee.kind {
    case .product: multiply(instruction, first, second, result)
    case .transposedProduct: multiplyTransposed(instruction, first, second, result)
    case .contraction:
      Scalar.contractSamples(
        first, second, result, rows: rows, columns: instruction.pointee.columns, groups: groups)
    case .sampleSum: Scalar.sumSamples(first, result, rows: rows, groups: groups)
    case .map, .gradient, .combine, .select: runElementwise(instruction, first, second, result)
    case .contractionOfList, .chain, .record: runRecord(instruction.pointee.number, step)
    }
  }

  @inline(__always)
  private func runElementwise(
    _ instruction: UnsafePointer<Instruction<Scalar>>, _ first: UnsafePointer<Scalar>,
    _ second: UnsafePointer<Scalar>, _ result: UnsafeMutablePointer<Scalar>
  ) {
    let groups = instruction.pointee.groups
    switch instruction.pointee.kind {
    case .map: Scalar.map(instruction.pointee.function, first, result, groups: groups)
    case .gradient: Scalar.gradient(instruction.pointee.function, first, second, result, groups: groups)
    case .combine:
      Scalar.combine(
        instruction.pointee.binary, first, second, result, rows: instruction.pointee.rows, columns: groups,
        a: instruction.pointee.firstLayout, b: instruction.pointee.secondLayout)
    default:
      Scalar.select(first, second, instruction.pointee.third ?? first, result, groups: groups)
    }
  }

  /// Goes through the values of a chain a tile at a time.
  @inline(never)
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private func runChain(_ chain: UnsafePointer<Instruction<Scalar>>) {
    let (first, count) = (chain.pointee.rows, chain.pointee.columns)
    var group = 0
    while group < chain.pointee.groups {
      let size = min(Chains.tileGroups, chain.pointee.groups &- group)
      for index in first..<first &+ count {
        var tile = links[index].tile(from: group, count: size)
        guard let operand = tile.first, let result = tile.result else { continue }
        runElementwise(&tile, operand, tile.second ?? operand, result)
      }
      group &+= size
    }
  }

  @inline(__always)
  private func multiply(
    _ instruction: UnsafePointer<Instruction<Scalar>>, _ weights: UnsafePointer<Scalar>,
    _ x: UnsafePointer<Scalar>, _ result: UnsafeMutablePointer<Scalar>
  ) {
    let (outputs, inputs) = (instruction.pointee.rows, instruction.pointee.columns)
    let lanes = instruction.pointee.groups &* Scalar.laneCount
    let startLayout = instruction.pointee.startLayout
    let step = startLayout == .full ? outputs &* lanes : 0
    for position in 0..<instruction.pointee.positions {
      Scalar.matrixProduct(
        weights, start: instruction.pointee.third.map { $0 + position &* step }, startLayout: startLayout,
        x + position &* inputs &* lanes, result + position &* outputs &* lanes, inputs: inputs,
        outputs: outputs, groups: instruction.pointee.groups, function: instruction.pointee.function)
    }
  }

  @inline(__always)
  private func multiplyTransposed(
    _ instruction: UnsafePointer<Instruction<Scalar>>, _ weights: UnsafePointer<Scalar>,
    _ d: UnsafePointer<Scalar>, _ result: UnsafeMutablePointer<Scalar>
  ) {
    let (outputs, inputs) = (instruction.pointee.rows, instruction.pointee.columns)
    let lanes = instruction.pointee.groups &* Scalar.laneCount
    for position in 0..<instruction.pointee.positions {
      let place = position &* inputs &* lanes
      Scalar.transposedMatrixProduct(
        weights, d + position &* outputs &* lanes, instruction.pointee.third.map { $0 + place },
        result + place, inputs: inputs, outputs: outputs, groups: instruction.pointee.groups,
        function: instruction.pointee.function)
    }
  }

  /// Computes a record of a big or rare kind.
  @inline(never)
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  private func runRecord(_ number: Int, _ step: Int) {
    let record = program.records[number]
    switch record {
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
    default: runRearrangement(record, step)
    }
  }

  @inline(__always)
  private func runRearrangement(_ record: Record, _ step: Int) {
    switch record {
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
  private func contract(
    _ list: ListRecord, _ result: UnsafeMutablePointer<Scalar>, _ rows: Int, _ columns: Int
  ) {
    guard let base = addresses.lists.baseAddress else { return }
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
    guard let base = addresses.lists.baseAddress else { return }
    let first = base + list.first
    if list.count == 1 {
      Scalar.sumSamples(first[0], result, rows: rows, groups: list.groups)
    } else {
      Scalar.sumSamples(first, count: list.count, result, rows: rows, groups: list.groups)
    }
  }
}
