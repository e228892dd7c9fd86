import Components
import Kernels
import Tensors

/// A graph made ready to run for a batch of fixed size: flat records over one arena, replayed as often as
/// wanted without any allocation.
///
/// Programs hold no numbers of a run, so that runs can share them.
public final class Program<Scalar: Real>: Sendable {
  let records: [Record]
  /// How the work of each record is cut for threads; one part if it is too little or no product.
  let cuts: [ProductCut]
  let isWorthSharing: Bool
  let constants: [(offset: Int, value: Double)]
  let inputs: [String: Int]
  let outputs: [(operand: Operand, isBatched: Bool, count: Int)]
  /// Where the parameters and their gradients lie.
  public let parameters: ParameterLayout
  /// The length of the arena.
  public let arenaCount: Int
  /// The most samples of a batch.
  public let batchSize: Int
  /// The number of lane groups of a batch.
  public let groups: Int
  let dropoutCount: Int

  init(
    records: [Record], constants: [(offset: Int, value: Double)], inputs: [String: Int],
    outputs: [(operand: Operand, isBatched: Bool, count: Int)], parameters: ParameterLayout, arenaCount: Int,
    batchSize: Int, dropoutCount: Int
  ) {
    self.records = records
    cuts = records.map { $0.cut(laneCount: Scalar.laneCount) }
    isWorthSharing = cuts.contains { $0.count > 1 }
    self.constants = constants
    self.inputs = inputs
    self.outputs = outputs
    self.parameters = parameters
    self.arenaCount = arenaCount
    self.batchSize = batchSize
    groups = Scalar.groups(for: batchSize)
    self.dropoutCount = dropoutCount
  }
}

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
    for constant in program.constants { arena.base[constant.offset] = Scalar(constant.value) }
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
  private func address(_ operand: Operand) -> UnsafeMutablePointer<Scalar> {
    switch operand.region {
    case .parameters: parameters + Int(operand.offset)
    case .gradients: gradients + Int(operand.offset)
    default: arena.base + Int(operand.offset)
    }
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
    let a = UnsafePointer(address(record.first))
    let b = UnsafePointer(address(record.second))
    let c = record.third.region == .none ? nil : UnsafePointer(address(record.third))
    let result = address(record.result)
    let (rows, columns, groups) = (Int(record.rows), Int(record.columns), Int(record.groups))
    let function = record.function
    switch record.kind {
    case .matrixProduct:
      pool.forEach(cut.count) { index in
        Scalar.matrixProduct(
          a, start: c, startLayout: .perElement, b, result, inputs: columns, groups: groups,
          function: function, part: cut[index])
      }
    case .transposedMatrixProduct:
      pool.forEach(cut.count) { index in
        Scalar.transposedMatrixProduct(
          a, b, c, result, inputs: columns, outputs: rows, groups: groups, function: function,
          part: cut[index])
      }
    default:
      withUnsafePointer(to: ContractionPair(d: a, x: b)) { pair in
        pool.forEach(cut.count) { index in
          Scalar.contractSamples(
            pair, count: 1, result, rows: cut[index].rows, columns: columns, groups: groups)
        }
      }
    }
  }

  @inline(__always)
  private func run(_ record: Record, _ step: Int) {
    let a = address(record.first)
    let b = address(record.second)
    let result = address(record.result)
    let rows = Int(record.rows)
    let columns = Int(record.columns)
    let groups = Int(record.groups)
    switch record.kind {
    case .matrixProduct:
      let bias = record.third.region == .none ? nil : UnsafePointer(address(record.third))
      Scalar.matrixProduct(
        a, start: bias, startLayout: .perElement, b, result, inputs: columns, outputs: rows, groups: groups,
        function: record.function)
    case .transposedMatrixProduct:
      let values = record.third.region == .none ? nil : UnsafePointer(address(record.third))
      Scalar.transposedMatrixProduct(
        a, b, values, result, inputs: columns, outputs: rows, groups: groups, function: record.function)
    case .contractSamples:
      Scalar.contractSamples(a, b, result, rows: rows, columns: columns, groups: groups)
    case .sumSamples: Scalar.sumSamples(a, result, rows: rows, groups: groups)
    case .sumElements: Scalar.sumElements(a, result, rows: rows, groups: groups)
    case .sumFlat:
      var sum: Scalar = 0
      for index in 0..<rows { sum += a[index] }
      result[0] = sum
    case .clear: for index in 0..<rows { result[index] = 0 }
    case .map: Scalar.map(record.function, a, result, groups: rows &* groups)
    case .gradient: Scalar.gradient(record.function, a, b, result, groups: rows &* groups)
    case .combine:
      Scalar.combine(
        record.binary, a, b, result, rows: rows, columns: groups, a: record.firstLayout,
        b: record.secondLayout)
    case .softmax: Scalar.softmax(a, result, classes: rows, groups: groups)
    case .softmaxCrossEntropy: Scalar.softmaxCrossEntropy(a, b, result, classes: rows, groups: groups)
    case .dropoutMask:
      Scalar.dropoutMask(
        result, rows: rows, lanes: groups &* Scalar.laneCount, rate: record.rate,
        key: dropoutKeys[columns], step: UInt64(step))
    }
  }
}
