/// Nodes joined by edges, as networks, trees and other graphs: places are given, sizes are in points.
public struct GraphMark: SeriesMark {
  /// A node at its place.
  public struct Node: Codable, Hashable, Sendable {
    /// The place on the horizontal axis.
    public var x: Double
    /// The place on the vertical axis.
    public var y: Double
    /// What is written in a round node or below it, in a box within it; lines are separated by `\n`.
    public var label: String
    /// Round, a box about its label, or the label alone.
    public var shape: Shape
    /// The diameter of a round node in points.
    public var size: Double
    /// The color; nil takes that of the series.
    public var color: Color?
    /// What readers see at the pointer; nil takes the label.
    public var note: String?

    /// A node.
    public init(
      x: Double, y: Double, label: String = "", shape: Shape = .round, size: Double = 14, color: Color? = nil,
      note: String? = nil
    ) {
      self.x = x
      self.y = y
      self.label = label
      self.shape = shape
      self.size = size.within(0...300, otherwise: 14)
      self.color = color
      self.note = note
    }

    /// The size of text at which the label fits into a round node.
    fileprivate var fittingSize: Double {
      // Scripts are narrower than letters.
      let width = Label(label).runs.reduce(0) { $0 + Double($1.text.count) * $1.scale }
      return size / (0.62 * max(width, 1) + 0.5)
    }
  }

  /// The look of a node.
  public enum Shape: String, Codable, Hashable, Sendable {
    case round, box, label
  }

  /// A line between two nodes.
  public struct Edge: Codable, Hashable, Sendable {
    /// The number of the node where it begins.
    public var from: Int
    /// The number of the node where it ends.
    public var to: Int
    /// A number that chooses width and color: blue below zero, orange above; nil draws a plain line.
    public var weight: Double?
    /// What is written at its middle.
    public var label: String
    /// Whether it ends in an arrow.
    public var isDirected: Bool

    /// An edge between the nodes of two numbers.
    public init(from: Int, to: Int, weight: Double? = nil, label: String = "", isDirected: Bool = false) {
      self.from = from
      self.to = to
      self.weight = weight
      self.label = label
      self.isDirected = isDirected
    }
  }

  /// The name in stored plots.
  public static let kind = "graph"

  /// The nodes.
  public var nodes: [Node]
  /// The edges.
  public var edges: [Edge]
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?

  /// Nodes and the edges between them; edges to nodes that are not there are left out.
  public init(nodes: [Node], edges: [Edge], series: String? = nil, color: Color? = nil) {
    self.nodes = nodes
    self.edges = edges.filter { nodes.indices.contains($0.from) && nodes.indices.contains($0.to) }
    self.series = series
    self.color = color
  }

  /// What is shown.
  public var data: MarkData {
    MarkData(x: nodes.map(\.x), y: nodes.map(\.y), texts: nodes.map { $0.label.replacing("\n", with: " ") })
  }

  /// What the axes must show; labels need room beside the outermost nodes.
  public var extent: MarkExtent {
    let reaches = nodes.map { node -> Double in
      let area = GraphMark.box(node.label, at: Point(0, 0), size: 9)
      let radius = node.size.isFinite ? node.size / 2 : 7
      guard node.shape == .round else { return max(area.height / 2, min(area.width / 2, 70)) }
      return node.label.isEmpty || node.fittingSize >= 6 ? radius : max(radius + 14, min(area.width / 2, 70))
    }
    let reach = reaches.max() ?? 0
    return MarkExtent(x: nodes.map(\.x), y: nodes.map(\.y), reach: reach)
  }

  /// What alternative texts say.
  public var summary: String? {
    let named = nodes.map { Label($0.label.replacing("\n", with: " ")).plain }.filter { !$0.isEmpty }
    let names = named.isEmpty || named.count > 20 ? "" : ": \(named.joined(separator: ", "))"
    return "A graph of \(nodes.count) nodes and \(edges.count) edges\(names)."
  }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let places = nodes.map { panel.point($0.x, $0.y) }
    let fitted = fitted(places, style)
    GraphMark(nodes: fitted.nodes, edges: []).draw(edges, places, fitted.style, onto: &shapes)
    for (node, place) in zip(fitted.nodes, places) {
      guard let place else { continue }
      draw(node, at: place, fitted.style, onto: &shapes)
    }
  }

  /// Nodes and text made smaller where neighbors would touch, as on narrow pages.
  private func fitted(_ places: [Point?], _ style: MarkStyle) -> (nodes: [Node], style: MarkStyle) {
    // Large graphs are drawn as they are: every pair would have to be compared.
    guard nodes.count <= 300 else { return (nodes, style) }
    let size = style.theme.tickSize
    let halves = nodes.map { node -> (x: Double, y: Double) in
      let area = GraphMark.box(node.label, at: Point(0, 0), size: size)
      return node.shape == .round ? (node.size / 2, node.size / 2) : (area.width / 2 - 2, area.height / 2 - 1)
    }
    var (round, text) = (1.0, 1.0)
    for first in nodes.indices {
      for second in nodes.indices.dropFirst(first + 1) {
        guard let a = places[first], let b = places[second] else { continue }
        let (dx, dy) = ((a.x - b.x).magnitude, (a.y - b.y).magnitude)
        let needed = (x: halves[first].x + halves[second].x, y: halves[first].y + halves[second].y)
        guard needed.x > 0, needed.y > 0, dx + dy > 0.5 else { continue }
        // Boxes are apart if they are along one of the axes.
        let share = max(dx / needed.x, dy / needed.y)
        if nodes[first].shape == .round, nodes[second].shape == .round {
          round = min(round, share * 0.92)
        } else {
          text = min(text, share)
        }
      }
    }
    var style = style
    style.theme.tickSize = size * max(text, 0.6)
    return (
      nodes.map { node in
        var node = node
        node.size *= max(round, 0.3)
        return node
      }, style
    )
  }

  private func draw(
    _ edges: [Edge], _ places: [Point?], _ style: MarkStyle, onto shapes: inout [DrawnShape]
  ) {
    let largest = edges.compactMap(\.weight).filter(\.isFinite).map(\.magnitude).max() ?? 0
    // Edges of one look are one shape; strong ones are drawn over weak ones.
    var looks: [Int: [[Point]]] = [:]
    var arrows: [[Point]] = []
    var plain: [[Point]] = []
    for edge in edges {
      guard let start = places[edge.from], let end = places[edge.to] else { continue }
      if edge.isDirected {
        arrows.append(shortened(start, end, before: nodes[edge.to], style))
      } else if let weight = edge.weight {
        guard weight.isFinite, largest > 0 else { continue }
        looks[Int((weight / largest * 8).rounded()), default: []].append([start, end])
      } else {
        plain.append([start, end])
      }
    }
    if !plain.isEmpty {
      shapes.append(DrawnShape(.lines(plain), stroke: Stroke(.muted, width: style.theme.axisWidth)))
    }
    for (look, lines) in looks.sorted(by: { ($0.key.magnitude, $0.key) < ($1.key.magnitude, $1.key) }) {
      let share = Double(look.magnitude) / 8
      let pen = Stroke(.series(look < 0 ? 0 : 1), width: 0.3 + 1.9 * share)
      shapes.append(DrawnShape(.lines(lines), stroke: pen, opacity: 0.25 + 0.65 * share))
    }
    var muted = style
    muted.color = .muted
    ArrowMark.draw(arrows, as: muted, onto: &shapes)
    for edge in edges where !edge.label.isEmpty {
      guard let start = places[edge.from], let end = places[edge.to] else { continue }
      let middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
      write(
        edge.label, at: middle, size: style.theme.tickSize - 1.5, color: .text, hasPaper: true, onto: &shapes)
    }
  }

  /// The line from a place to the border of the node where it ends.
  private func shortened(
    _ start: Point, _ end: Point, before node: Node, _ style: MarkStyle
  ) -> [Point] {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else { return [start, end] }
    var distance = node.size / 2 + 1
    if node.shape != .round {
      let area = GraphMark.box(node.label, at: end, size: style.theme.tickSize)
      let (wide, high) = (area.width / 2 * length, area.height / 2 * length)
      distance = min(dx == 0 ? .infinity : wide / dx.magnitude, dy == 0 ? .infinity : high / dy.magnitude) + 1
    }
    guard distance.isFinite, length > distance + 1 else { return [start, end] }
    let share = (length - distance) / length
    return [start, Point(start.x + dx * share, start.y + dy * share)]
  }

  private func draw(_ node: Node, at place: Point, _ style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let color = node.color ?? style.color
    let size = style.theme.tickSize
    switch node.shape {
    case .round:
      let diameter = node.size.isFinite ? max(node.size, 1) : 14
      shapes.append(DrawnShape(.dots([place], diameter: diameter), fill: color))
      let inner = max(diameter - 2.4, 0)
      shapes.append(DrawnShape(.dots([place], diameter: inner), fill: .background))
      shapes.append(DrawnShape(.dots([place], diameter: inner), fill: color, opacity: 0.18))
      guard !node.label.isEmpty else { return }
      if node.fittingSize >= 6 {
        write(node.label, at: place, size: min(size, node.fittingSize), color: .text, onto: &shapes)
      } else {
        let below = Point(place.x, place.y + diameter / 2 + size * 0.75)
        write(node.label, at: below, size: size, color: .text, onto: &shapes)
      }
    case .box:
      let area = GraphMark.box(node.label, at: place, size: size)
      shapes.append(DrawnShape(.rectangle(area), fill: .background))
      shapes.append(DrawnShape(.rectangle(area), fill: color, opacity: 0.15))
      shapes.append(DrawnShape(.rectangle(area), stroke: Stroke(color, width: style.theme.ruleWidth)))
      write(node.label, at: place, size: size, color: .text, onto: &shapes)
    case .label: write(node.label, at: place, size: size, color: .text, onto: &shapes)
    }
  }

  /// The area of a box about its lines of text, by the mean width of letters.
  static func box(_ label: String, at place: Point, size: Double) -> Rectangle {
    let lines = label.split(separator: "\n", omittingEmptySubsequences: false).map {
      Label(String($0)).plain.count
    }
    let width = 0.6 * size * Double(max(lines.max() ?? 1, 1)) + 8
    let height = 1.25 * size * Double(max(lines.count, 1)) + 5
    return Rectangle(x: place.x - width / 2, y: place.y - height / 2, width: width, height: height)
  }

  private func write(
    _ text: String, at place: Point, size: Double, color: Color, hasPaper: Bool = false,
    onto shapes: inout [DrawnShape]
  ) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if hasPaper {
      let area = GraphMark.box(text, at: place, size: size).inset(by: 2)
      shapes.append(DrawnShape(.rectangle(area), fill: .background, opacity: 0.85))
    }
    let top = place.y - Double(lines.count - 1) / 2 * 1.25 * size
    for (index, line) in lines.enumerated() {
      let baseline = Point(place.x, top + Double(index) * 1.25 * size + 0.365 * size)
      let drawn = DrawnText(Label(String(line)), at: baseline, anchor: .middle, size: size)
      shapes.append(DrawnShape(.text(drawn), fill: color))
    }
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    shapes.append(DrawnShape(.dots([frame.center], diameter: 8), fill: style.color))
  }

  /// Every node with its note.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    nodes.compactMap { node in
      let text = node.note ?? Label(node.label.replacing("\n", with: " ")).plain
      guard !text.isEmpty, let place = panel.point(node.x, node.y) else { return nil }
      return Hover(.near(place), title: text)
    }
  }
}
