/// An upright rectangle on the canvas, in points.
public struct Rectangle: Codable, Hashable, Sendable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// The extent to the right.
  public var width: Double
  /// The extent downward.
  public var height: Double

  /// A rectangle by its upper left corner and extents.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  public var right: Double { x + width }
  /// The bottom edge.
  public var bottom: Double { y + height }
  /// The middle.
  public var center: Point { Point(x + width / 2, y + height / 2) }

  /// The four corners, clockwise from the upper left one.
  var corners: [Point] { [Point(x, y), Point(right, y), Point(right, bottom), Point(x, bottom)] }

  /// The rectangle with its edges moved inward by a margin in points; outward if it is negative.
  public func inset(by margin: Double) -> Rectangle {
    Rectangle(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }

  /// Whether a place lies in the rectangle or on its edge.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.x <= right && point.y >= y && point.y <= bottom
  }

  /// Whether a rectangle lies in this one.
  public func contains(_ other: Rectangle) -> Bool {
    other.x >= x && other.right <= right && other.y >= y && other.bottom <= bottom
  }

  /// Whether the rectangles share an area.
  public func intersects(_ other: Rectangle) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  /// Whether a segment passes through the rectangle (Liang and Barsky 1984).
  public func intersects(from start: Point, to end: Point) -> Bool {
    var first = 0.0
    var last = 1.0
    let steps = [
      (start.x - end.x, start.x - x), (end.x - start.x, right - start.x),
      (start.y - end.y, start.y - y), (end.y - start.y, bottom - start.y),
    ]
    for (slope, distance) in steps {
      if slope == 0 {
        if distance < 0 { return false }
      } else if slope < 0 {
        first = max(first, distance / slope)
      } else {
        last = min(last, distance / slope)
      }
    }
    return first <= last
  }
}
