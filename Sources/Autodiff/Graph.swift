import Kernels
import Tensors

/// A computation written down: nodes in an order in which every node follows its inputs.
///
/// Graphs grow by tracing a model once; equal nodes are written down once.
open class Graph {
  package private(set) var nodes: [Node] = []
  private var known: [Node: Int] = [:]
  /// The shapes of the parameter blocks.
  public private(set) var parameterShapes: [Shape] = []
  /// Whether each of them is trained; the others are a model's state.
  public private(set) var isTrained: [Bool] = []
  /// The number of dropouts, each with random numbers of its own.
  public private(set) var dropoutCount = 0

  /// A graph of no nodes.
  public init() {}

  func append(_ operation: Operation, _ inputs: [Int], _ shape: Shape, isBatched: Bool) -> Variable {
    let node = Node(operation: operation, inputs: inputs, shape: shape, isBatched: isBatched)
    if let index = known[node] { return Variable(graph: self, index: index) }
    nodes.append(node)
    known[node] = nodes.count - 1
    return Variable(graph: self, index: nodes.count - 1)
  }

  /// Data that are set before a run: a value a sample, of the given shape.
  public func input(_ name: String, _ shape: Shape) -> Variable {
    append(.input(name), [], shape, isBatched: true)
  }

  /// A new block of parameters, or of state that training leaves alone.
  public func parameter(_ shape: Shape, isTrained: Bool = true) -> Variable {
    parameterShapes.append(shape)
    self.isTrained.append(isTrained)
    return append(.parameter(parameterShapes.count - 1), [], shape, isBatched: false)
  }

  /// A number.
  public func constant(_ value: Double) -> Variable { append(.constant(value), [], [], isBatched: false) }

  /// Numbers that fill a shape, the last axis fastest.
  public func constant(_ values: Tensor<Double>) -> Variable {
    if let first = values.elements.first, values.shape.rank == 0 { return constant(first) }
    return append(.tensor(values.elements), [], values.shape, isBatched: false)
  }

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

  package var node: Node { graph.nodes[index] }
  public var shape: Shape { node.shape }
  public var isBatched: Bool { node.isBatched }

  /// The number, if it is a constant.
  var constantValue: Double? {
    if case .constant(let value) = node.operation { return value }
    return nil
  }

  func append(
    _ operation: Operation, _ others: [Variable] = [], shape: Shape, isBatched: Bool
  ) -> Variable {
    graph.append(operation, [index] + others.map(\.index), shape, isBatched: isBatched)
  }
}
