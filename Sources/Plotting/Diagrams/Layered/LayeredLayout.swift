/// Places a directed graph in layers so that edges lead from one layer to later ones.
///
/// The steps are those of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
/// structures" (IEEE Transactions on Systems, Man, and Cybernetics 11, 1981): cycles are broken, nodes are given
/// layers, edges that pass layers get a place in each, the order within layers is chosen for few crossings, and
/// places are found that keep long edges straight. Labels take a place on the way of their edge, as in Gansner,
/// Koutsofios, North and Vo, "A technique for drawing directed graphs" (IEEE Transactions on Software
/// Engineering 19, 1993).
///
/// The same graph gives the same places.
struct LayeredLayout {
  var spacing = LayeredSpacing()

  /// Places a graph; edges whose nodes do not exist take no part.
  func places(of graph: LayeredGraph) -> LayeredPlaces {
    let edges = LayeredEdges(graph)
    let ranks = LayerAssignment(edges, nodeCount: graph.nodes.count).ranks
    let grid = LayerGrid(graph, edges, ranks, passage: spacing.passage)
    let order = LayerOrder(grid).best()
    let across = BlockAlignment(grid, order: order, gap: spacing.neighbors).positions()
    let layers = layers(grid, order, across)
    let breadth = across.indices.map { across[$0] + grid.items[$0].extent.across / 2 }.max() ?? 0
    return LayeredPlaces(
      nodes: graph.nodes.indices.map { node in
        let layer = layers[ranks[node]]
        return .init(along: (layer.start + layer.end) / 2, across: across[node])
      },
      layerOfNode: ranks, layers: layers,
      routes: graph.edges.indices.map { route(of: $0, edges, grid, across, layers) },
      extent: .init(along: layers.last?.end ?? 0, across: breadth))
  }

  private func route(
    of edge: Int, _ edges: LayeredEdges, _ grid: LayerGrid, _ across: [Double],
    _ layers: [LayeredPlaces.Layer]
  ) -> LayeredPlaces.Route? {
    guard let index = edges.index[edge] else { return nil }
    let passages = grid.chains[index].map { (layer: grid.items[$0].layer, across: across[$0]) }
    let label = grid.labels[index].map { item in
      let layer = layers[grid.items[item].layer]
      return LayeredPlaces.Place(along: (layer.start + layer.end) / 2, across: across[item])
    }
    return .init(passages: passages, isReversed: edges.proper[index].isReversed, label: label)
  }

  /// Layers are as thick as the thickest thing in them; where edges are steep, they stand farther apart.
  private func layers(_ grid: LayerGrid, _ order: [[Int]], _ across: [Double]) -> [LayeredPlaces.Layer] {
    var layers: [LayeredPlaces.Layer] = []
    for (index, items) in order.enumerated() {
      let thickness = items.map { grid.items[$0].extent.along }.max() ?? 0
      guard let last = layers.last else {
        layers.append(.init(start: 0, end: thickness))
        continue
      }
      // Layers of labels stand between those of nodes.
      let hasNodes = [index - 1, index].allSatisfy { order[$0].contains { grid.items[$0].isNode } }
      let gap = hasNodes ? spacing.layers : spacing.layers * 0.7
      let steepest =
        items.flatMap { item in grid.above[item].map { abs(across[$0] - across[item]) } }.max() ?? 0
      let start = last.end + max(gap, min(0.55 * steepest + 8, 1.8 * spacing.layers))
      layers.append(.init(start: start, end: start + thickness))
    }
    return layers
  }
}
