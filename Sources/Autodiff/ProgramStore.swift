import Foundation
import Kernels
import Tensors

/// Programs that have been made, by the structure of their graphs: the folds, trials and replicas of one network share
/// theirs.
///
/// What a program computes follows from its key alone, so no result depends on what the store holds.
public final class ProgramStore: @unchecked Sendable {
  private struct Key: Hashable {
    var nodes: [Node]
    var isTrained: [Bool]
    var outputs: [Int]
    var gradients: [Int?]
    var batchSize: Int
    var scalar: ObjectIdentifier
  }

  private let lock = NSLock()
  private var programs: [Key: AnyObject] = [:]
  private let capacity: Int

  /// A store of at most so many programs; a full one begins anew.
  public init(capacity: Int = 256) { self.capacity = capacity }

  /// The number of programs.
  public var count: Int { lock.withLock { programs.count } }

  /// The program of a graph, made if there is none of its structure; see ``Planner``.
  package func program<Scalar: Real>(
    for graph: Graph, outputs: [Variable], gradients: [Variable?] = [], batchSize: Int, of type: Scalar.Type
  ) -> Program<Scalar> {
    let key = Key(
      nodes: graph.nodes, isTrained: graph.isTrained, outputs: outputs.map(\.index),
      gradients: gradients.map { $0?.index }, batchSize: batchSize, scalar: ObjectIdentifier(type))
    if let known = lock.withLock({ programs[key] }) as? Program<Scalar> { return known }
    let program = Planner.program(
      for: graph, outputs: outputs, gradients: gradients, batchSize: batchSize, of: type)
    lock.withLock {
      if programs.count >= capacity { programs.removeAll() }
      programs[key] = program
    }
    return program
  }
}
