import Kernels
import Tensors

/// A graph made ready to run for a batch of fixed size: flat records over one arena, replayed as often as
/// wanted without any allocation.
///
/// Programs are plain data and hold no numbers of a run, so that runs can share them.
public final class Program<Scalar: Real>: Sendable {
  let records: [Record]
  /// The records of all chains.
  let links: [Record]
  /// How the work of each record is cut for threads; one part if it is too little or no product.
  let cuts: [ProductCut]
  let isWorthSharing: Bool
  /// The operands of records that take any number of them.
  let lists: [Operand]
  let constants: [(offset: Int, values: [Double])]
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
    _ emitter: RecordEmitter, outputs: [(operand: Operand, isBatched: Bool, count: Int)],
    parameters: ParameterLayout, arenaCount: Int, batchSize: Int
  ) {
    records = emitter.records
    links = emitter.links
    cuts = emitter.records.map { $0.cut(laneCount: Scalar.laneCount) }
    isWorthSharing = cuts.contains { $0.count > 1 }
    lists = emitter.lists
    constants = emitter.constants
    inputs = emitter.inputs
    dropoutCount = emitter.dropoutCount
    self.outputs = outputs
    self.parameters = parameters
    self.arenaCount = arenaCount
    self.batchSize = batchSize
    groups = Scalar.groups(for: batchSize)
  }

  /// The number of records of a replay.
  public var recordCount: Int { records.count }
}
