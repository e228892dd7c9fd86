/// A node of a diagram with its text broken into lines and its outline made to hold them.
struct DiagramBox {
  let lines: Typesetter.Lines
  let shape: Diagram.Shape
  /// The extents of the outline.
  let width: Double
  let height: Double

  init(_ node: Diagram.Node, text: DiagramText, size: Double, textWidth: Double) {
    let isPointed = node.shape == .diamond
    lines = text.lines(node.label, size: size, within: isPointed ? textWidth * 0.8 : textWidth)
    shape = node.shape
    switch node.shape {
    case .rounded, .rectangle:
      width = max(lines.width + 20, 40)
      height = lines.height + 14
    case .ellipse:
      height = 1.3 * lines.height + 14
      width = max(1.2 * lines.width + 16, 1.2 * height)
    case .diamond:
      // The corners of a text of this width and height touch the outline at 0.65 and 0.35 of its halves.
      width = max(lines.width / 0.65 + 12, 44)
      height = lines.height / 0.35 + 10
    }
  }

  /// How far the outline is from the middle towards the right or left, at a height above or below the middle.
  func halfWidth(at offset: Double) -> Double { half(width, share: offset / max(height / 2, 1e-9)) }

  /// How far the outline is above or below the middle, at a distance to the right or left of it.
  func halfHeight(at offset: Double) -> Double { half(height, share: offset / max(width / 2, 1e-9)) }

  private func half(_ extent: Double, share: Double) -> Double {
    let share = min(abs(share), 1)
    switch shape {
    case .rounded, .rectangle: return extent / 2
    case .ellipse: return extent / 2 * (1 - share * share).squareRoot()
    case .diamond: return extent / 2 * (1 - share)
    }
  }

  /// The outline about a middle.
  func outline(about center: Point) -> [Point] {
    let area = Rectangle(x: center.x - width / 2, y: center.y - height / 2, width: width, height: height)
    switch shape {
    case .rectangle:
      return [
        Point(area.x, area.y), Point(area.right, area.y), Point(area.right, area.bottom),
        Point(area.x, area.bottom),
      ]
    case .diamond:
      return [
        Point(center.x, area.y), Point(area.right, center.y), Point(center.x, area.bottom),
        Point(area.x, center.y),
      ]
    case .ellipse: return corners(area, width / 2, height / 2, steps: 12)
    case .rounded: return corners(area, 6, 6, steps: 5)
    }
  }

  /// A rectangle whose corners are quarters of ellipses, clockwise from the upper left.
  private func corners(_ area: Rectangle, _ x: Double, _ y: Double, steps: Int) -> [Point] {
    let quarters = [
      (Point(area.x, area.y + y), Point(area.x, area.y), Point(area.x + x, area.y)),
      (Point(area.right - x, area.y), Point(area.right, area.y), Point(area.right, area.y + y)),
      (
        Point(area.right, area.bottom - y), Point(area.right, area.bottom), Point(area.right - x, area.bottom)
      ),
      (Point(area.x + x, area.bottom), Point(area.x, area.bottom), Point(area.x, area.bottom - y)),
    ]
    // The Bézier curve nearest to a quarter of a circle has its handles at this share of the radius.
    let share = 0.5522847498
    return quarters.flatMap { start, corner, end in
      Curve(
        start, start.moved(to: corner, share: share), end.moved(to: corner, share: share), end
      ).points(steps)
    }
  }
}

extension Point {
  /// The place at a share of the way to another.
  func moved(to other: Point, share: Double) -> Point {
    Point(x + (other.x - x) * share, y + (other.y - y) * share)
  }
}

/// A cubic Bézier curve.
struct Curve {
  let start: Point
  let first: Point
  let second: Point
  let end: Point

  init(_ start: Point, _ first: Point, _ second: Point, _ end: Point) {
    self.start = start
    self.first = first
    self.second = second
    self.end = end
  }

  /// Points at equal steps of the parameter, both ends included.
  func points(_ steps: Int) -> [Point] {
    (0...max(steps, 1)).map { step in
      let t = Double(step) / Double(max(steps, 1))
      let (a, b, c) = (
        start.moved(to: first, share: t), first.moved(to: second, share: t), second.moved(to: end, share: t)
      )
      return a.moved(to: b, share: t).moved(to: b.moved(to: c, share: t), share: t)
    }
  }
}
