/// What has been drawn in a panel, for finding free space.
struct Obstacles {
  private var shapes: [DrawnShape]
  private var areas: [Rectangle] = []

  init(_ shapes: [DrawnShape]) { self.shapes = shapes }

  mutating func add(_ area: Rectangle) { areas.append(area) }

  /// How much a rectangle would cover: nothing is 0; text counts most, bands least.
  func coverage(of rectangle: Rectangle) -> Double {
    shapes.reduce(0) { $0 + coverage(of: rectangle, by: $1) }
      + areas.reduce(0) { $0 + ($1.intersects(rectangle) ? 1000 : 0) }
  }

  private func coverage(of rectangle: Rectangle, by shape: DrawnShape) -> Double {
    switch shape.geometry {
    case .lines(let lines):
      let width = (shape.stroke?.width ?? 0) / 2 + 1.5
      let target = rectangle.inset(by: -width)
      let hits = lines.reduce(0) { count, line in
        count
          + zip(line, line.dropFirst()).reduce(0) { $0 + (target.intersects(from: $1.0, to: $1.1) ? 1 : 0) }
      }
      return Double(hits) * 4
    case .dots(let points, let diameter):
      let target = rectangle.inset(by: -diameter / 2 - 1)
      return Double(points.filter(target.contains).count) * 4
    case .rectangle(let area): return area.intersects(rectangle) ? 20 : 0
    case .polygons(let outlines):
      let covers = outlines.contains { points in
        zip(points, points.dropFirst() + points.prefix(1)).contains {
          rectangle.intersects(from: $0, to: $1)
        } || Obstacles.contains(points, rectangle.center)
      }
      return covers ? 2 : 0
    case .image(_, let area): return area.intersects(rectangle) ? 2 : 0
    case .text: return 0
    }
  }

  /// Whether a point is inside an outline, by the parity of crossings.
  private static func contains(_ outline: [Point], _ point: Point) -> Bool {
    var isInside = false
    for (a, b) in zip(outline, outline.dropFirst() + outline.prefix(1))
    where (a.y > point.y) != (b.y > point.y) {
      if point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x { isInside.toggle() }
    }
    return isInside
  }
}
