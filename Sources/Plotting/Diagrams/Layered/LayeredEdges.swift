/// The edges of a graph with their directions changed so that there is no cycle.
struct LayeredEdges {
  /// An edge from an earlier to a later layer.
  struct Proper {
    var from: Int
    var to: Int
    /// How many layers it must lead on.
    var length: Int
    var isReversed: Bool
    var label: LayeredGraph.Extent?
  }

  private(set) var proper: [Proper] = []
  /// The place of each edge of the graph among the proper ones; nil for edges of a node with itself.
  private(set) var index: [Int?]

  /// Reverses the edges that lead back in a depth-first search, in the order of appearance.
  init(_ graph: LayeredGraph) {
    index = [Int?](repeating: nil, count: graph.edges.count)
    let nodes = graph.nodes.indices
    var outgoing = [[Int]](repeating: [], count: graph.nodes.count)
    for (number, edge) in graph.edges.enumerated()
    where nodes.contains(edge.from) && nodes.contains(edge.to) && edge.from != edge.to {
      outgoing[edge.from].append(number)
    }
    let back = Self.backEdges(graph, outgoing)
    var pairs: Set<[Int]> = []
    for (number, edge) in graph.edges.enumerated()
    where nodes.contains(edge.from) && nodes.contains(edge.to) && edge.from != edge.to {
      let isReversed = back.contains(number)
      // A second edge of two nodes makes its way beside the first, through a layer between them.
      let isFirst = pairs.insert([min(edge.from, edge.to), max(edge.from, edge.to)]).inserted
      index[number] = proper.count
      proper.append(
        Proper(
          from: isReversed ? edge.to : edge.from, to: isReversed ? edge.from : edge.to,
          length: edge.label != nil || !isFirst ? 2 : 1, isReversed: isReversed, label: edge.label))
    }
  }

  private static func backEdges(_ graph: LayeredGraph, _ outgoing: [[Int]]) -> Set<Int> {
    var back: Set<Int> = []
    var isOpen = [Bool](repeating: false, count: graph.nodes.count)
    var isSeen = isOpen
    for start in graph.nodes.indices where !isSeen[start] {
      var path = [(node: start, next: 0)]
      isSeen[start] = true
      isOpen[start] = true
      while let (node, next) = path.last {
        guard next < outgoing[node].count else {
          isOpen[node] = false
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let edge = outgoing[node][next]
        let target = graph.edges[edge].to
        if isOpen[target] {
          back.insert(edge)
        } else if !isSeen[target] {
          isSeen[target] = true
          isOpen[target] = true
          path.append((target, 0))
        }
      }
    }
    return back
  }
}
