/// Arrows from places to places, as steps of an optimizer or a field.
public struct ArrowMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "arrows"

  /// Values of the starts on the horizontal axis.
  @Numbers public var x: [Double]
  /// Values of the starts on the vertical axis.
  @Numbers public var y: [Double]
  /// Values of the ends on the horizontal axis.
  @Numbers public var endX: [Double]
  /// Values of the ends on the vertical axis.
  @Numbers public var endY: [Double]
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?

  /// Arrows from places to places.
  public init(
    x: [Double], y: [Double], endX: [Double], endY: [Double], series: String? = nil, color: Color? = nil
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    _endX = Numbers(wrappedValue: endX)
    _endY = Numbers(wrappedValue: endY)
    self.series = series
    self.color = color
  }

  /// One arrow.
  public init(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), series: String? = nil,
    color: Color? = nil
  ) {
    self.init(x: [start.x], y: [start.y], endX: [end.x], endY: [end.y], series: series, color: color)
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y, more: [.init("end x", endX), .init("end y", endY)]) }

  /// What the axes must show.
  public var extent: MarkExtent { MarkExtent(x: x + endX, y: y + endY) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    ArrowMark.draw(panel.segments(x, y, endX, endY), as: style, onto: &shapes)
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let line = [Point(frame.x, frame.center.y), Point(frame.right, frame.center.y)]
    ArrowMark.draw([line], as: style, onto: &shapes)
  }

  /// Draws lines with a head at the end of each.
  static func draw(_ lines: [[Point]], as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var shafts: [[Point]] = []
    var heads: [[Point]] = []
    for line in lines where line.count == 2 {
      let (start, end) = (line[0], line[1])
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      let length = (dx * dx + dy * dy).squareRoot()
      guard length > 0.1 else { continue }
      // Short arrows have heads that fit them.
      let head = min(7, length * 0.6)
      let (ux, uy) = (dx / length, dy / length)
      let neck = Point(end.x - ux * head * 0.8, end.y - uy * head * 0.8)
      shafts.append([start, neck])
      let back = Point(end.x - ux * head, end.y - uy * head)
      heads.append([
        end, Point(back.x - uy * head * 0.42, back.y + ux * head * 0.42), neck,
        Point(back.x + uy * head * 0.42, back.y - ux * head * 0.42),
      ])
    }
    guard !shafts.isEmpty else { return }
    shapes.append(DrawnShape(.lines(shafts), stroke: Stroke(style.color, width: style.theme.arrowWidth)))
    shapes.append(DrawnShape(.polygons(heads), fill: style.color))
  }
}
