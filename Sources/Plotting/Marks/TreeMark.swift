/// A tree of boxes: as many lines of text as fit, and dots where no text does.
///
/// Text is between the theme's size and seven points; where boxes would touch each other their last lines are left out
/// first, then words are cut. Readers find all lines at the pointer.
public struct TreeMark: Mark {
  /// A node at its place.
  public struct Node: Codable, Hashable, Sendable {
    /// The place on the horizontal axis.
    public var x: Double
    /// The place on the vertical axis; nodes of one level have the same.
    public var y: Double
    /// The number of the node above; nil for a root.
    public var parent: Int?
    /// What is written at the line to the node above.
    public var branch: String
    /// What is written in the box, the most important line first.
    public var lines: [String]
    /// The color; nil takes that of the series.
    public var color: Color?
    /// From 0, an empty box, to 1; steps of ramps are always full.
    public var opacity: Double
    /// How much of the horizontal axis belongs to the node.
    public var room: Double

    /// A node.
    public init(
      x: Double, y: Double, parent: Int? = nil, branch: String = "", lines: [String], color: Color? = nil,
      opacity: Double = 0.15, room: Double = 0
    ) {
      self.x = x
      self.y = y
      self.parent = parent
      self.branch = branch
      self.lines = lines
      self.color = color
      self.opacity = opacity.isFinite ? min(max(opacity, 0), 1) : 0.15
      self.room = room.isFinite ? max(room, 0) : 0
    }
  }

  /// The name in stored plots.
  public static let kind = "tree"

  /// The nodes.
  public var nodes: [Node]
  /// A color instead of the series'.
  public var color: Color?

  /// Nodes; those above must be among them.
  public init(nodes: [Node], color: Color? = nil) {
    self.nodes = nodes.map { node in
      var node = node
      node.parent = node.parent.flatMap { nodes.indices.contains($0) ? $0 : nil }
      return node
    }
    self.color = color
  }

  /// Trees have no entry in the legend.
  public var series: String? { nil }

  /// What is shown.
  public var data: MarkData {
    MarkData(x: nodes.map(\.x), y: nodes.map(\.y), texts: nodes.map { $0.lines.joined(separator: ", ") })
  }

  /// What the axes must show: every node with its room, and half a level above and below.
  public var extent: MarkExtent {
    MarkExtent(
      x: nodes.flatMap { [$0.x - $0.room / 2, $0.x + $0.room / 2] },
      y: nodes.flatMap { [$0.y - 0.4, $0.y + 0.4] }, isTight: nodes.contains { $0.room > 0 })
  }

  /// What alternative texts say.
  public var summary: String? {
    let shown = nodes.prefix(12).map { Label($0.lines.joined(separator: ", ")).plain }
    let rest = nodes.count > 12 ? "; and \(nodes.count - 12) more" : ""
    return nodes.isEmpty
      ? "A tree without nodes." : "A tree of \(nodes.count) nodes: \(shown.joined(separator: "; "))\(rest)."
  }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let places = nodes.map { panel.point($0.x, $0.y) }
    let fit = TreeFit(nodes, places, theme: style.theme)
    drawBranches(places, fit, style, onto: &shapes)
    for index in nodes.indices {
      guard let place = places[index] else { continue }
      drawNode(index, at: place, fit, panel, style, onto: &shapes)
    }
  }

  private func drawBranches(
    _ places: [Point?], _ fit: TreeFit, _ style: MarkStyle, onto shapes: inout [DrawnShape]
  ) {
    let ends = nodes.indices.compactMap { index -> (node: Int, from: Point, to: Point)? in
      guard let parent = nodes[index].parent, let from = places[parent], let to = places[index] else {
        return nil
      }
      return (index, from, to)
    }
    guard !ends.isEmpty else { return }
    shapes.append(
      DrawnShape(.lines(ends.map { [$0.from, $0.to] }), stroke: Stroke(.muted, width: style.theme.axisWidth)))
    guard fit.lines > 0 else { return }
    for (node, from, to) in ends where !nodes[node].branch.isEmpty {
      let label = nodes[node].branch
      let middle = Point((from.x + to.x) / 2, (from.y + to.y) / 2)
      let area = GraphMark.box(label, at: middle, size: fit.size).inset(by: 2)
      shapes.append(DrawnShape(.rectangle(area), fill: .background, opacity: 0.9))
      let text = DrawnText(
        Label(label), at: Point(middle.x, middle.y + 0.365 * fit.size), anchor: .middle, size: fit.size)
      shapes.append(DrawnShape(.text(text), fill: .muted))
    }
  }

  private func drawNode(
    _ index: Int, at place: Point, _ fit: TreeFit, _ panel: Panel, _ style: MarkStyle,
    onto shapes: inout [DrawnShape]
  ) {
    let node = nodes[index]
    let color = node.color ?? style.color
    var (opacity, ink) = (node.opacity, Color.text)
    if case .ramp(let ramp, let step) = color { (opacity, ink) = (1, ramp.textColor(on: step)) }
    guard fit.lines > 0 else {
      let reach = fit.diameter / 2
      let center = Point(
        min(max(place.x, panel.frame.x + reach), panel.frame.right - reach),
        min(max(place.y, panel.frame.y + reach), panel.frame.bottom - reach))
      shapes.append(DrawnShape(.dots([center], diameter: fit.diameter), fill: .background))
      shapes.append(
        DrawnShape(.dots([center], diameter: fit.diameter), fill: color, opacity: max(opacity, 0.5)))
      return
    }
    let lines = fit.text(of: node, index)
    guard !lines.isEmpty else { return }
    let box = GraphMark.box(lines.joined(separator: "\n"), at: place, size: fit.size).kept(in: panel.frame)
    shapes.append(DrawnShape(.rectangle(box), fill: .background))
    if opacity > 0 { shapes.append(DrawnShape(.rectangle(box), fill: color, opacity: opacity)) }
    var edge = color
    if case .ramp = color { edge = .muted }
    shapes.append(DrawnShape(.rectangle(box), stroke: Stroke(edge, width: style.theme.ruleWidth)))
    let top = box.center.y - Double(lines.count - 1) / 2 * 1.25 * fit.size
    for (row, line) in lines.enumerated() {
      let baseline = Point(box.center.x, top + Double(row) * 1.25 * fit.size + 0.365 * fit.size)
      let text = DrawnText(Label(line), at: baseline, anchor: .middle, size: fit.size)
      shapes.append(DrawnShape(.text(text), fill: ink))
    }
  }

  /// Draws nothing: trees have no entry in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {}

  /// Every node with all its lines.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    nodes.compactMap { node in
      guard !node.lines.isEmpty, let place = panel.point(node.x, node.y) else { return nil }
      return Hover(.near(place), title: Label(node.lines.joined(separator: ", ")).plain)
    }
  }
}

/// The size of text and the number of lines at which the boxes of a tree do not touch each other.
private struct TreeFit {
  /// The size of text.
  var size: Double
  /// How many lines a box has at most; zero draws dots.
  var lines: Int
  /// The diameter of dots.
  var diameter: Double
  /// How wide each box may be.
  private var widths: [Double]

  init(_ nodes: [TreeMark.Node], _ places: [Point?], theme: Theme) {
    widths = TreeFit.room(places)
    let heights = Set(places.compactMap { $0?.y }).sorted()
    let step = zip(heights, heights.dropFirst()).map { $1 - $0 }.min() ?? .infinity
    let sizes = stride(from: max(theme.tickSize, 7), through: 7, by: -0.5)
    let narrowest = widths.min() ?? .infinity
    (size, lines, diameter) = (7, 0, min(10, max(2, 0.7 * min(narrowest, step))))
    for count in stride(from: nodes.map(\.lines.count).max() ?? 0, to: 0, by: -1) {
      for size in sizes {
        let boxes = nodes.map {
          GraphMark.box($0.lines.prefix(count).joined(separator: "\n"), at: Point(0, 0), size: size)
        }
        let isLow = boxes.allSatisfy { $0.height + 0.9 * size <= step }
        if isLow, zip(boxes, widths).allSatisfy({ $0.width <= $1 }) {
          (self.size, lines) = (size, count)
          return
        }
      }
    }
    // Cut words still say something; two letters do not.
    if narrowest >= 28, step >= 20 { lines = 1 }
  }

  /// The distance to the nearest neighbor on the same level, less a gap.
  private static func room(_ places: [Point?]) -> [Double] {
    var widths = [Double](repeating: .infinity, count: places.count)
    let order = places.indices.filter { places[$0] != nil }.sorted {
      let (first, second) = (places[$0] ?? Point(0, 0), places[$1] ?? Point(0, 0))
      return (first.y, first.x, $0) < (second.y, second.x, $1)
    }
    // Neighbors share the room between them by halves.
    for (first, second) in zip(order, order.dropFirst()) {
      guard let left = places[first], let right = places[second], left.y == right.y else { continue }
      let distance = right.x - left.x - 4
      widths[first] = min(widths[first], distance)
      widths[second] = min(widths[second], distance)
    }
    return widths
  }

  /// The lines of a node, cut where they are too long.
  func text(of node: TreeMark.Node, _ index: Int) -> [String] {
    let room = widths[index]
    let letters = room.isFinite ? max(Int((room - 8) / (0.6 * size)), 2) : .max
    return node.lines.prefix(lines).map { line in
      Label(line).plain.count > letters ? line.prefix(letters - 1) + "…" : line
    }
  }
}

extension Rectangle {
  /// The rectangle moved into another, as far as it fits.
  fileprivate func kept(in frame: Rectangle) -> Rectangle {
    let width = min(width, frame.width)
    let height = min(height, frame.height)
    return Rectangle(
      x: min(max(x, frame.x), frame.right - width), y: min(max(y, frame.y), frame.bottom - height),
      width: width, height: height)
  }
}
