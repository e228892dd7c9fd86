/// The layers with everything that takes a place in them: nodes, and edges on their way.
struct LayerGrid {
  /// Something in a layer; the first items are the nodes, in their order.
  struct Item {
    var layer: Int
    var extent: LayeredGraph.Extent
    var isNode: Bool
  }

  private(set) var items: [Item]
  /// The items in each layer, in the order of appearance.
  private(set) var layers: [[Int]]
  /// What each item is connected with in the layer before its own.
  private(set) var above: [[Int]]
  /// What each item is connected with in the layer behind its own.
  private(set) var below: [[Int]]
  /// Of `above` and `below` what an item is best aligned with: edges that lead forward to a near layer, where an
  /// item has any.
  private(set) var mainAbove: [[Int]] = []
  private(set) var mainBelow: [[Int]] = []
  /// The items on the way of each edge.
  private(set) var chains: [[Int]] = []
  /// The item with the label of each edge.
  private(set) var labels: [Int?] = []

  init(_ graph: LayeredGraph, _ edges: LayeredEdges, _ ranks: [Int], passage: Double) {
    items = graph.nodes.enumerated().map { Item(layer: ranks[$0.offset], extent: $0.element, isNode: true) }
    for edge in edges.proper {
      let inner = Array(ranks[edge.from] + 1..<max(ranks[edge.to], ranks[edge.from] + 1))
      let first = items.count
      let middle = edge.label == nil ? nil : inner.count / 2
      for (offset, layer) in inner.enumerated() {
        let extent = offset == middle ? edge.label : nil
        items.append(
          Item(layer: layer, extent: extent ?? .init(along: 0, across: passage), isNode: false))
      }
      chains.append(Array(first..<items.count))
      labels.append(middle.flatMap { $0 < inner.count ? first + $0 : nil })
    }
    above = [[Int]](repeating: [], count: items.count)
    below = above
    mainAbove = above
    mainBelow = above
    for (edge, chain) in zip(edges.proper, chains) {
      let isMain = !edge.isReversed && chain.count < 2
      let way = [edge.from] + chain + [edge.to]
      for (start, end) in zip(way, way.dropFirst()) {
        below[start].append(end)
        above[end].append(start)
        // On its way an edge is aligned with itself.
        if isMain || !items[start].isNode { mainBelow[start].append(end) }
        if isMain || !items[end].isNode { mainAbove[end].append(start) }
      }
    }
    for item in items.indices {
      if mainAbove[item].isEmpty { mainAbove[item] = above[item] }
      if mainBelow[item].isEmpty { mainBelow[item] = below[item] }
    }
    layers = [[Int]](repeating: [], count: (items.map(\.layer).max() ?? -1) + 1)
    fill()
  }

  /// Puts the items into their layers in the order in which a search from the first node meets them.
  private mutating func fill() {
    var isSeen = [Bool](repeating: false, count: items.count)
    for start in items.indices where !isSeen[start] {
      var open = [start]
      while let item = open.popLast() {
        guard !isSeen[item] else { continue }
        isSeen[item] = true
        layers[items[item].layer].append(item)
        open += below[item].reversed()
      }
    }
  }
}
