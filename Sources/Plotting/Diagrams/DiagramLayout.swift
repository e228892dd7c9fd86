/// Turns a diagram into a drawing that fits a width.
///
/// Where it is too wide, texts are broken into more lines, a diagram to the right leads downwards, and at last
/// everything is drawn smaller, but no text below seven points.
struct DiagramLayout {
  let diagram: Diagram
  let theme: Theme
  let setter: Typesetter

  /// The room that a diagram has unless the page gives another, in points.
  static let usualWidth = 460.8
  private static let leastTextSize = 7.0

  init(_ diagram: Diagram, theme: Theme = .standard, setter: Typesetter) {
    self.diagram = diagram
    self.theme = theme
    self.setter = setter
  }

  /// The drawing: as wide and high as what it holds.
  func drawing(within width: Double) -> Drawing {
    let room = max(width, 36) - 2 * theme.padding
    let (plan, scale) = fitted(room)
    var drawing = Drawing(
      width: plan.width * scale + 2 * theme.padding, height: plan.height * scale + 2 * theme.padding)
    let shapes = edges(plan) + nodes(plan)
    drawing.layers.append(.init(shapes: shapes.map { placed($0, scale) }))
    return drawing
  }

  private func fitted(_ room: Double) -> (plan: DiagramPlan, scale: Double) {
    let directions: [Diagram.Direction] = diagram.direction == .right ? [.right, .down] : [.down]
    var best: (plan: DiagramPlan, scale: Double)?
    for direction in directions {
      for textWidth in [120.0, 84] {
        let plan = DiagramPlan(
          diagram, direction: direction, textWidth: textWidth, theme: theme, setter: setter)
        let scale = min(1, room / max(plan.width, 1))
        // A little smaller is better than another direction.
        if scale >= 0.9 { return (plan, scale) }
        if scale > best?.scale ?? 0 { best = (plan, scale) }
      }
    }
    let least = min(1, Self.leastTextSize / theme.tickSize)
    let fallback = DiagramPlan(
      diagram, direction: diagram.direction, textWidth: 84, theme: theme, setter: setter)
    return (best?.plan ?? fallback, max(best?.scale ?? least, least))
  }

  // MARK: Shapes

  private func nodes(_ plan: DiagramPlan) -> [DrawnShape] {
    plan.boxes.enumerated().flatMap { index, box -> [DrawnShape] in
      let center = plan.center(of: index)
      let outline = box.outline(about: center)
      return [
        DrawnShape(.polygon(outline), fill: .series(0), opacity: 0.1),
        DrawnShape(.polygon(outline), stroke: Stroke(.axis, width: 0.9)),
      ] + text(box.lines, about: center)
    }
  }

  /// Lines of text about a middle, by the height of capitals.
  private func text(_ lines: Typesetter.Lines, about center: Point) -> [DrawnShape] {
    let between = setter.lineHeight(lines.size) * Double(max(lines.labels.count - 1, 0))
    let top = center.y - (0.435 * lines.size + between / 2)
    return setter.shapes(lines, x: center.x, top: top, anchor: .middle, color: .text)
  }

  private func edges(_ plan: DiagramPlan) -> [DrawnShape] {
    let routes = DiagramRoutes(plan)
    var lines: [DrawnShape] = []
    var labels: [DrawnShape] = []
    for (index, edge) in diagram.edges.enumerated() {
      var line = routes.line(of: index)
      var head: [Point]?
      if edge.isDirected { head = Self.head(of: &line.points) }
      let dash: [Double] = edge.style == .dashed ? [4, 3] : []
      lines.append(DrawnShape(.lines([line.points]), stroke: Stroke(.axis, width: 1, dash: dash)))
      if let head { lines.append(DrawnShape(.polygon(head), fill: .axis)) }
      guard let center = line.label, let text = plan.labels[index] else { continue }
      let padding = DiagramPlan.labelPadding
      labels.append(
        DrawnShape(
          .rectangle(
            Rectangle(
              x: center.x - text.width / 2 - padding, y: center.y - text.height / 2 - padding / 2,
              width: text.width + 2 * padding, height: text.height + padding)), fill: .background))
      labels += self.text(text, about: center)
    }
    return lines + labels
  }

  /// The head at the end of a line, which is cut so that its end does not show before the point.
  private static func head(of points: inout [Point]) -> [Point]? {
    guard let tip = points.last, let before = points.dropLast().last else { return nil }
    let (x, y) = (tip.x - before.x, tip.y - before.y)
    let length = (x * x + y * y).squareRoot()
    guard length > 0 else { return nil }
    let (dx, dy) = (x / length, y / length)
    let (long, half) = (DiagramRoutes.headLength, 2.6)
    let base = Point(tip.x - long * dx, tip.y - long * dy)
    let notch = Point(tip.x - 0.78 * long * dx, tip.y - 0.78 * long * dy)
    points[points.count - 1] = length > long ? notch : before
    return [
      tip, Point(base.x - half * dy, base.y + half * dx), notch,
      Point(base.x + half * dy, base.y - half * dx),
    ]
  }

  // MARK: Places

  /// A shape drawn smaller and moved in from the edges.
  private func placed(_ shape: DrawnShape, _ scale: Double) -> DrawnShape {
    func point(_ point: Point) -> Point {
      Point(point.x * scale + theme.padding, point.y * scale + theme.padding)
    }
    var shape = shape
    switch shape.geometry {
    case .lines(let lines): shape.geometry = .lines(lines.map { $0.map(point) })
    case .polygons(let outlines): shape.geometry = .polygons(outlines.map { $0.map(point) })
    case .image: break
    case .dots(let points, let diameter):
      shape.geometry = .dots(points.map(point), diameter: diameter * scale)
    case .rectangle(let area):
      let corner = point(Point(area.x, area.y))
      shape.geometry = .rectangle(
        Rectangle(x: corner.x, y: corner.y, width: area.width * scale, height: area.height * scale))
    case .text(var text):
      text.position = point(text.position)
      text.size *= scale
      shape.geometry = .text(text)
    }
    return shape
  }
}
