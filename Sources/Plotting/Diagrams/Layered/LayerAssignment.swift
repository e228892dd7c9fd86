/// Gives every node its layer: as few layers as possible, by longest paths.
struct LayerAssignment {
  /// The layer of each node, from zero.
  let ranks: [Int]

  init(_ edges: LayeredEdges, nodeCount: Int) {
    var incoming = [[Int]](repeating: [], count: nodeCount)
    var outgoing = incoming
    for (number, edge) in edges.proper.enumerated() {
      outgoing[edge.from].append(number)
      incoming[edge.to].append(number)
    }
    let order = Self.topological(edges, incoming, outgoing)
    var ranks = [Int](repeating: 0, count: nodeCount)
    for node in order {
      ranks[node] =
        incoming[node].map { ranks[edges.proper[$0].from] + edges.proper[$0].length }.max() ?? 0
    }
    // A node with more ways out than in stands as near to what follows as it can: its edges are shorter.
    for node in order.reversed() where outgoing[node].count > incoming[node].count {
      let latest = outgoing[node].map { ranks[edges.proper[$0].to] - edges.proper[$0].length }.min()
      ranks[node] = latest ?? ranks[node]
    }
    self.ranks = Self.dense(ranks)
  }

  /// The ranks without empty layers at the beginning.
  private static func dense(_ ranks: [Int]) -> [Int] {
    let first = ranks.min() ?? 0
    return ranks.map { $0 - first }
  }

  private static func topological(
    _ edges: LayeredEdges, _ incoming: [[Int]], _ outgoing: [[Int]]
  ) -> [Int] {
    var missing = incoming.map(\.count)
    var order = missing.indices.filter { missing[$0] == 0 }
    var next = 0
    while next < order.count {
      for edge in outgoing[order[next]] {
        let target = edges.proper[edge].to
        missing[target] -= 1
        if missing[target] == 0 { order.append(target) }
      }
      next += 1
    }
    return order
  }
}
