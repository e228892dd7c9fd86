import Kernels
import Tensors

/// A computation written down: nodes in an order in which every node follows its inputs.
///
/// Graphs grow by tracing a model once; equal nodes are written down once.
public final class Graph {
  public private(set) var nodes: [Node] = []
  private var known: [NodeKey: Int] = [:]
  /// The shapes of the parameter blocks.
  public private(set) var parameterShapes: [Shape] = []
  private var dropoutCount = 0

  private struct NodeKey: Hashable {
    var operation: Operation
    var inputs: [Int]
    var shape: Shape
    var isBatched: Bool
  }

  public init() {}

  func append(_ operation: Operation, _ inputs: [Int], _ shape: Shape, isBatched: Bool) -> Variable {
    let key = NodeKey(operation: operation, inputs: inputs, shape: shape, isBatched: isBatched)
    if let index = known[key] { return Variable(graph: self, index: index) }
    nodes.append(Node(operation: operation, inputs: inputs, shape: shape, isBatched: isBatched))
    known[key] = nodes.count - 1
    return Variable(graph: self, index: nodes.count - 1)
  }

  /// Data that are set before a run: a value a sample, of the given shape.
  public func input(_ name: String, _ shape: Shape) -> Variable {
    append(.input(name), [], shape, isBatched: true)
  }

  /// A new block of parameters.
  public func parameter(_ shape: Shape) -> Variable {
    parameterShapes.append(shape)
    return append(.parameter(parameterShapes.count - 1), [], shape, isBatched: false)
  }

  /// A number.
  public func constant(_ value: Double) -> Variable { append(.constant(value), [], [], isBatched: false) }

  /// The factors of inverted dropout for a value.
  public func dropoutMask(like x: Variable, rate: Double) -> Variable {
    dropoutCount += 1
    return append(.dropoutMask(rate: rate, index: dropoutCount - 1), [x.index], x.shape, isBatched: true)
  }
}

/// A value while a model is traced: it has a shape and no numbers yet.
public struct Variable {
  public let graph: Graph
  public let index: Int

  /// The value of a node.
  package init(graph: Graph, index: Int) {
    self.graph = graph
    self.index = index
  }

  public var node: Node { graph.nodes[index] }
  public var shape: Shape { node.shape }
  public var isBatched: Bool { node.isBatched }

  /// The number, if it is a constant.
  var constantValue: Double? {
    if case .constant(let value) = node.operation { return value }
    return nil
  }
}
