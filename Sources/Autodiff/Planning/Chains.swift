import Kernels
import Tensors

/// Runs of elementwise operations, one behind the other, over values of one size.
///
/// A chain goes through its values a tile at a time: what one operation writes, the next one reads from the nearest
/// cache. Only values that do not fit there are worth it.
struct Chains {
  /// The number of the chain that a node belongs to.
  private(set) var number: [Int?]
  /// The last node of each chain.
  private(set) var last: [Int] = []

  /// The lane groups that a chain goes through at a time.
  static let tileGroups = 64

  init(_ graph: Graph, _ needs: NeededNodes, _ fusion: Fusion, _ sizes: ValueSizes) {
    number = [Int?](repeating: nil, count: graph.nodes.count)
    var run: [Int] = []
    for index in graph.nodes.indices where needs.isNeeded[index] {
      let node = graph.nodes[index]
      switch node.operation {
      // Nothing is computed for these when their turn comes.
      case .input, .parameter, .constant, .tensor: continue
      case .copy(let layout, _) where layout.contiguousStart != nil: continue
      default: break
      }
      let fits = Self.isElementwise(index, graph, fusion)
      let isSame = run.last.map { sizes.count(graph.nodes[$0]) == sizes.count(node) } ?? true
      if fits, isSame {
        run.append(index)
      } else {
        close(&run, graph, sizes)
        if fits { run = [index] }
      }
    }
    close(&run, graph, sizes)
  }

  private mutating func close(_ run: inout [Int], _ graph: Graph, _ sizes: ValueSizes) {
    defer { run = [] }
    guard run.count > 1, let end = run.last else { return }
    let groups = sizes.count(graph.nodes[end]) / sizes.laneCount
    guard groups > 2 * Self.tileGroups else { return }
    for index in run { number[index] = last.count }
    last.append(end)
  }

  /// Whether a node is computed by a record of its own that reads every operand at the element that it writes, or a
  /// single number.
  private static func isElementwise(_ index: Int, _ graph: Graph, _ fusion: Fusion) -> Bool {
    let node = graph.nodes[index]
    guard fusion.target[index] == nil else { return false }
    switch node.operation {
    case .map, .gradient, .combine, .select: break
    default: return false
    }
    return node.inputs.allSatisfy { input in
      let source = graph.nodes[input]
      guard fusion.target[input] != index else { return false }
      return (source.shape == node.shape && source.isBatched == node.isBatched)
        || (source.shape.count == 1 && !source.isBatched)
    }
  }
}
