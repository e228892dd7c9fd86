import Kernels
import Tensors

/// Makes programs of graphs: drops what no output needs, fuses functions into the products before them (which changes
/// no bit), lays every value out in one arena by its lifetime and emits records.
package enum Planner {
  /// A program that computes the outputs for batches of up to `batchSize` samples.
  ///
  /// Values listed in `gradients` are written to the flat gradient vector, one a parameter block, instead of
  /// the arena; a block without one keeps what its gradient was.
  package static func program<Scalar: Real>(
    for graph: Graph, outputs: [Variable], gradients: [Variable?] = [], batchSize: Int, of _: Scalar.Type
  ) -> Program<Scalar> {
    let needs = NeededNodes(graph, outputs: outputs, gradients: gradients)
    let fusion = Fusion(graph, needs)
    let layout = ParameterLayout(
      shapes: graph.parameterShapes, isTrained: graph.isTrained, laneCount: Scalar.laneCount)
    let sizes = ValueSizes(
      groups: Scalar.groups(for: batchSize), laneCount: Scalar.laneCount, batchSize: batchSize)
    let chains = Chains(graph, needs, fusion, sizes)
    let storage = StoragePlan(graph, needs, fusion, chains, layout, sizes, gradients: gradients)
    var emitter = RecordEmitter(graph, needs, fusion, chains, storage, layout, sizes)
    emitter.emit(gradients: gradients)
    return Program(
      emitter, outputs: outputs.map { (storage.operands[$0.index], $0.isBatched, $0.shape.count) },
      parameters: layout, arenaCount: storage.arenaCount, batchSize: batchSize)
  }
}

/// How many numbers values take.
struct ValueSizes {
  /// The lane groups of a batch.
  var groups: Int
  /// The lanes of a group.
  var laneCount: Int
  /// The samples of a batch.
  var batchSize: Int

  /// The numbers of a value of so many elements, rounded up to whole lane groups.
  func count(_ node: Node) -> Int {
    node.isBatched
      ? node.shape.count * groups * laneCount : (node.shape.count + laneCount - 1) / laneCount * laneCount
  }

  /// Where an element of a value begins.
  func offset(_ element: Int, isBatched: Bool) -> Int { isBatched ? element * groups * laneCount : element }
}

/// Which nodes of a graph an output needs, and who reads them.
struct NeededNodes {
  /// Whether an output needs a node.
  private(set) var isNeeded: [Bool]
  /// How many needed nodes and outputs read each node.
  private(set) var readers: [Int]
  /// Whether a node has to keep its value until the end.
  private(set) var isPinned: [Bool]

  init(_ graph: Graph, outputs: [Variable], gradients: [Variable?]) {
    let count = graph.nodes.count
    isNeeded = [Bool](repeating: false, count: count)
    readers = [Int](repeating: 0, count: count)
    isPinned = [Bool](repeating: false, count: count)
    for output in outputs + gradients.compactMap({ $0 }) {
      isNeeded[output.index] = true
      isPinned[output.index] = true
      readers[output.index] += 1
    }
    for index in stride(from: count - 1, through: 0, by: -1) where isNeeded[index] {
      for input in graph.nodes[index].inputs {
        isNeeded[input] = true
        readers[input] += 1
      }
    }
  }
}

/// Which functions are computed by the record of the product before them.
///
/// A function after a product whose plain result nobody else reads becomes part of the product.
struct Fusion {
  /// The node whose record also computes this one.
  private(set) var target: [Int?]

  init(_ graph: Graph, _ needs: NeededNodes) {
    target = [Int?](repeating: nil, count: graph.nodes.count)
    for index in graph.nodes.indices where needs.isNeeded[index] {
      let node = graph.nodes[index]
      let source: Int
      let isFusable: Bool
      switch node.operation {
      case .map(let function):
        source = node.inputs[0]
        switch graph.nodes[source].operation {
        case .matrixProduct, .convolution: isFusable = Self.isActivation(function)
        default: isFusable = false
        }
      case .gradient:
        source = node.inputs[1]
        isFusable = graph.nodes[source].operation == .transposedMatrixProduct
      default: continue
      }
      if isFusable, needs.readers[source] == 1 { target[source] = index }
    }
  }

  /// Functions that are worth a pass of their own over fresh results.
  private static func isActivation(_ function: ElementFunction) -> Bool {
    switch function {
    case .relu, .tanh, .sigmoid, .exponential, .softplus: true
    default: false
    }
  }
}
