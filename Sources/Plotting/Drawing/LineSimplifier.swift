/// Leaves out the points of a line that nobody could see.
enum LineSimplifier {
  /// How far a line may move, in points.
  private static let tolerance = 0.1

  /// The line with fewer points.
  static func simplified(_ points: [Point]) -> [Point] {
    ramerDouglasPeucker(points.count > 3000 ? columnExtremes(points) : points)
  }

  /// First, lowest, highest and last point of each half point of width: dense noise keeps its envelope.
  private static func columnExtremes(_ points: [Point]) -> [Point] {
    var result: [Point] = []
    var start = 0
    while start < points.count {
      let column = (points[start].x * 2).rounded(.down)
      var end = start + 1
      while end < points.count, (points[end].x * 2).rounded(.down) == column { end += 1 }
      let range = start..<end
      let lowest = range.min { points[$0].y < points[$1].y } ?? start
      let highest = range.max { points[$0].y < points[$1].y } ?? start
      var last = -1
      for index in [start, min(lowest, highest), max(lowest, highest), end - 1] where index > last {
        result.append(points[index])
        last = index
      }
      start = end
    }
    return result
  }

  /// Keeps the points that are farther than the tolerance from the line through their neighbors that are kept
  /// (Ramer 1972; Douglas and Peucker 1973).
  private static func ramerDouglasPeucker(_ points: [Point]) -> [Point] {
    guard points.count > 2 else { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    isKept[0] = true
    isKept[points.count - 1] = true
    var open = [(0, points.count - 1)]
    while let (first, last) = open.popLast() {
      guard last - first > 1 else { continue }
      var farthest = (distance: tolerance, index: -1)
      for index in (first + 1)..<last {
        let distance = distance(of: points[index], from: points[first], to: points[last])
        if distance > farthest.distance { farthest = (distance, index) }
      }
      guard farthest.index >= 0 else { continue }
      isKept[farthest.index] = true
      open.append((first, farthest.index))
      open.append((farthest.index, last))
    }
    return points.indices.filter { isKept[$0] }.map { points[$0] }
  }

  private static func distance(of point: Point, from start: Point, to end: Point) -> Double {
    let dx = end.x - start.x
    let dy = end.y - start.y
    let length = dx * dx + dy * dy
    let along = length > 0 ? ((point.x - start.x) * dx + (point.y - start.y) * dy) / length : 0
    let nearest = min(max(along, 0), 1)
    let x = point.x - start.x - nearest * dx
    let y = point.y - start.y - nearest * dy
    return (x * x + y * y).squareRoot()
  }
}
