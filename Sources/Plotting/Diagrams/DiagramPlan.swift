/// A diagram laid out in one direction with texts of one width: where its nodes and edges are, in points from its
/// upper left corner.
struct DiagramPlan {
  let diagram: Diagram
  let direction: Diagram.Direction
  let boxes: [DiagramBox]
  /// The lines of the edges' labels.
  let labels: [Typesetter.Lines?]
  let places: LayeredPlaces
  /// The nodes of each edge by their indices.
  let ends: [(from: Int, to: Int)]

  static let labelPadding = 3.0
  /// How far the first loop of a node with itself reaches out, and how much farther each more.
  static let loopReach = 15.0

  init(
    _ diagram: Diagram, direction: Diagram.Direction, textWidth: Double, theme: Theme, setter: Typesetter
  ) {
    self.diagram = diagram
    self.direction = direction
    let text = DiagramText(setter: setter)
    let boxes = diagram.nodes.map {
      DiagramBox($0, text: text, size: theme.labelSize, textWidth: textWidth)
    }
    let labels = diagram.edges.map { edge in
      edge.label.map { text.lines($0, size: theme.tickSize, within: min(textWidth, 84)) }
    }
    let indices = Dictionary(
      diagram.nodes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let ends = diagram.edges.map { (from: indices[$0.from] ?? 0, to: indices[$0.to] ?? 0) }
    let isRight = direction == .right
    func extent(_ width: Double, _ height: Double) -> LayeredGraph.Extent {
      isRight ? .init(along: width, across: height) : .init(along: height, across: width)
    }
    var nodes = boxes.map { extent($0.width, $0.height) }
    for (node, reach) in Self.loopReaches(ends, labels, isRight: isRight) {
      nodes[node].across += 2 * reach
    }
    let edges = ends.indices.map { index in
      LayeredGraph.Edge(
        from: ends[index].from, to: ends[index].to,
        label: labels[index].map {
          extent($0.width + 2 * Self.labelPadding, $0.height + 2 * Self.labelPadding)
        })
    }
    var layout = LayeredLayout()
    layout.spacing.layers = isRight ? 30 : 28
    layout.spacing.neighbors = isRight ? 14 : 18
    places = layout.places(of: LayeredGraph(nodes: nodes, edges: edges))
    self.boxes = boxes
    self.labels = labels
    self.ends = ends
  }

  /// The space that loops take at their nodes.
  private static func loopReaches(
    _ ends: [(from: Int, to: Int)], _ labels: [Typesetter.Lines?], isRight: Bool
  ) -> [(node: Int, reach: Double)] {
    var reaches: [(node: Int, reach: Double)] = []
    for (index, end) in ends.enumerated() where end.from == end.to {
      let label = labels[index].map { (isRight ? $0.height : $0.width) + 2 * labelPadding } ?? 0
      let more = loopReach + label + 2
      if let known = reaches.firstIndex(where: { $0.node == end.from }) {
        reaches[known].reach += more
      } else {
        reaches.append((end.from, more))
      }
    }
    return reaches
  }

  /// The extents on the canvas.
  var width: Double { direction == .right ? places.extent.along : places.extent.across }
  var height: Double { direction == .right ? places.extent.across : places.extent.along }

  /// A place of the layout on the canvas.
  func point(_ along: Double, _ across: Double) -> Point {
    direction == .right ? Point(along, across) : Point(across, along)
  }

  /// The middle of a node.
  func center(of node: Int) -> Point { point(places.nodes[node].along, places.nodes[node].across) }

  /// Half the extent of a node along the layers, at a distance across them from its middle.
  func halfAlong(_ node: Int, at offset: Double) -> Double {
    direction == .right ? boxes[node].halfWidth(at: offset) : boxes[node].halfHeight(at: offset)
  }

  /// Half the extent of a node across the layers, at a distance along them from its middle.
  func halfAcross(_ node: Int, at offset: Double) -> Double {
    direction == .right ? boxes[node].halfHeight(at: offset) : boxes[node].halfWidth(at: offset)
  }
}
