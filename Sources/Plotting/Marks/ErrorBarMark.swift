/// Values with their uncertainties: bars with caps, and the values as dots.
public struct ErrorBarMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "error-bars"

  /// Values on the horizontal axis.
  @Numbers public var x: [Double]
  /// Values on the vertical axis.
  @Numbers public var y: [Double]
  /// Lower ends of the bars.
  @Numbers public var lower: [Double]
  /// Upper ends of the bars.
  @Numbers public var upper: [Double]
  /// The entry of the legend.
  public var series: String?
  /// Whether the value is drawn, not only its uncertainty.
  public var isPointed: Bool
  /// A color instead of the series'.
  public var color: Color?

  /// Bars between ends.
  public init(
    x: [Double], y: [Double], lower: [Double], upper: [Double], series: String? = nil, isPointed: Bool = true,
    color: Color? = nil
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    _lower = Numbers(wrappedValue: lower)
    _upper = Numbers(wrappedValue: upper)
    self.series = series
    self.isPointed = isPointed
    self.color = color
  }

  /// Bars that reach as far up as down.
  public init(
    x: [Double], y: [Double], error: [Double], series: String? = nil, isPointed: Bool = true,
    color: Color? = nil
  ) {
    self.init(
      x: x, y: y, lower: zip(y, error).map { $0 - $1 }, upper: zip(y, error).map { $0 + $1 }, series: series,
      isPointed: isPointed, color: color)
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y, lower: lower, upper: upper) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var lines: [[Point]] = []
    for index in 0..<min(x.count, lower.count, upper.count) {
      guard let low = panel.pointOrEdge(x[index], lower[index]),
        let high = panel.point(x[index], upper[index])
      else { continue }
      lines += ErrorBarMark.bar(
        from: low, to: high, cap: style.theme.capWidth, hasLowerCap: lower[index] > 0 || !panel.isLog)
    }
    if !lines.isEmpty {
      shapes.append(DrawnShape(.lines(lines), stroke: Stroke(style.color, width: style.theme.errorWidth)))
    }
    let points = isPointed ? panel.runs(x, y).flatMap(\.self) : []
    if !points.isEmpty {
      shapes.append(DrawnShape(.dots(points, diameter: style.theme.pointDiameter), fill: style.color))
    }
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let low = Point(frame.center.x, frame.bottom)
    let high = Point(frame.center.x, frame.y)
    shapes.append(
      DrawnShape(
        .lines(ErrorBarMark.bar(from: low, to: high, cap: style.theme.capWidth)),
        stroke: Stroke(style.color, width: style.theme.errorWidth)))
    if isPointed {
      shapes.append(DrawnShape(.dots([frame.center], diameter: style.theme.pointDiameter), fill: style.color))
    }
  }

  /// A vertical bar with its caps.
  static func bar(from low: Point, to high: Point, cap: Double, hasLowerCap: Bool = true) -> [[Point]] {
    let caps = (hasLowerCap ? [high, low] : [high]).map { end in
      [Point(end.x - cap / 2, end.y), Point(end.x + cap / 2, end.y)]
    }
    return [[low, high]] + caps
  }
}
