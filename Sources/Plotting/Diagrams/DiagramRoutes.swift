/// The lines of a diagram's edges, from their beginnings to their ends.
struct DiagramRoutes {
  /// A line with the direction in which it arrives.
  struct Line {
    var points: [Point]
    /// Where its label stands, if it has one.
    var label: Point?
  }

  private let plan: DiagramPlan
  /// How far the ends of edges stand from the middles of their nodes.
  private let offsets: [End: Double]

  /// The end of an edge at a node's side of the following layers, or of the layers before.
  private struct End: Hashable {
    var edge: Int
    var isFront: Bool
  }

  /// The space that an arrow head takes at the end of a line.
  static let headLength = 6.5

  init(_ plan: DiagramPlan) {
    self.plan = plan
    offsets = Self.offsets(plan)
  }

  /// The line of an edge.
  func line(of edge: Int) -> Line {
    guard let route = plan.places.routes[edge] else { return loop(edge) }
    let (from, to) = plan.ends[edge]
    let (lower, higher) = route.isReversed ? (to, from) : (from, to)
    let isDirected = plan.diagram.edges[edge].isDirected
    let begin = port(of: lower, isFront: true, edge: edge)
    let end = port(of: higher, isFront: false, edge: edge)
    let layers = plan.places.layers
    let stub = Self.headLength + 2
    var cursor = (
      along: max(
        layers[plan.places.layerOfNode[lower]].end, begin.along + (isDirected && route.isReversed ? stub : 0)),
      across: begin.across
    )
    var points = [plan.point(begin.along, begin.across)]
    for passage in route.passages {
      points += curve(from: cursor, to: (layers[passage.layer].start, passage.across))
      cursor = (layers[passage.layer].end, passage.across)
    }
    let arrival = min(
      layers[plan.places.layerOfNode[higher]].start, end.along - (isDirected && !route.isReversed ? stub : 0))
    points += curve(from: cursor, to: (arrival, end.across))
    points.append(plan.point(end.along, end.across))
    if route.isReversed { points.reverse() }
    return Line(
      points: Self.withoutRepeats(points), label: route.label.map { plan.point($0.along, $0.across) })
  }

  /// A curve between two places that leaves and arrives along the order of the layers.
  private func curve(
    from start: (along: Double, across: Double), to end: (along: Double, across: Double)
  ) -> [Point] {
    let (first, last) = (plan.point(start.along, start.across), plan.point(end.along, end.across))
    guard abs(start.across - end.across) > 0.3 else { return [first, last] }
    let middle = (start.along + end.along) / 2
    return Curve(first, plan.point(middle, start.across), plan.point(middle, end.across), last).points(16)
  }

  private static func withoutRepeats(_ points: [Point]) -> [Point] {
    var kept: [Point] = []
    for point in points where kept.last != point { kept.append(point) }
    return kept
  }

  // MARK: Ports

  /// Where an edge leaves a node or arrives at it.
  private func port(of node: Int, isFront: Bool, edge: Int) -> (along: Double, across: Double) {
    let offset = offsets[End(edge: edge, isFront: isFront)] ?? 0
    let place = plan.places.nodes[node]
    let half = plan.halfAlong(node, at: offset)
    return (place.along + (isFront ? half : -half), place.across + offset)
  }

  /// Edges share the middle of a side; only where some lead with the order and others against it, neighbors of
  /// one kind have a port of their own.
  private static func offsets(_ plan: DiagramPlan) -> [End: Double] {
    var sides = [[(edge: Int, across: Double, isReversed: Bool)]](
      repeating: [], count: 2 * plan.boxes.count)
    for (index, route) in plan.places.routes.enumerated() {
      guard let route else { continue }
      let (from, to) = plan.ends[index]
      let (lower, higher) = route.isReversed ? (to, from) : (from, to)
      let next = route.passages.first?.across ?? plan.places.nodes[higher].across
      let last = route.passages.last?.across ?? plan.places.nodes[lower].across
      sides[2 * lower].append((index, next, route.isReversed))
      sides[2 * higher + 1].append((index, last, route.isReversed))
    }
    var offsets: [End: Double] = [:]
    for (side, edges) in sides.enumerated() {
      let sorted = edges.sorted { ($0.across, $0.edge) < ($1.across, $1.edge) }
      var runs: [[(edge: Int, across: Double, isReversed: Bool)]] = []
      for edge in sorted {
        if let last = runs.last?.last, last.isReversed == edge.isReversed {
          runs[runs.count - 1].append(edge)
        } else {
          runs.append([edge])
        }
      }
      let room = plan.halfAcross(side / 2, at: 0)
      let step = min(14, room / Double(max(runs.count, 1)))
      // A single run with the order stays in the middle, where its edges are straight.
      let forward = runs.indices.filter { runs[$0].first?.isReversed == false }
      let middle = forward.count == 1 ? Double(forward[0]) : Double(runs.count - 1) / 2
      for (number, run) in runs.enumerated() {
        for edge in run {
          offsets[End(edge: edge.edge, isFront: side % 2 == 0)] =
            (Double(number) - middle) * step
        }
      }
    }
    return offsets
  }

  // MARK: Loops

  /// A loop above its node, or beside it where arrows lead downwards.
  private func loop(_ edge: Int) -> Line {
    let node = plan.ends[edge].from
    let place = plan.places.nodes[node]
    let sign = plan.direction == .right ? -1.0 : 1
    let earlier = plan.ends[..<edge].count { $0.from == node && $0.to == node }
    let reach = DiagramPlan.loopReach * Double(earlier + 1)
    let spread = min(9 + 5 * Double(earlier), plan.halfAlong(node, at: 0) * 0.8)
    let base = plan.halfAcross(node, at: spread)
    let top = plan.halfAcross(node, at: 0) + reach
    func point(_ along: Double, _ across: Double) -> Point {
      plan.point(place.along + along, place.across + sign * across)
    }
    let curve = Curve(
      point(-spread, base), point(-1.5 * spread, top * 4 / 3 - base / 3),
      point(1.5 * spread, top * 4 / 3 - base / 3), point(spread, base + Self.headLength))
    let label = plan.labels[edge].map { lines in
      let extent = plan.direction == .right ? lines.height : lines.width
      return point(0, top + DiagramPlan.labelPadding + extent / 2)
    }
    return Line(points: curve.points(24) + [point(spread, base)], label: label)
  }
}
