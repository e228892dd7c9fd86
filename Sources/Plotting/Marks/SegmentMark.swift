/// Straight lines from places to places.
public struct SegmentMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "segments"

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
  /// How the lines are stroked.
  public var stroke: LineMark.Stroke
  /// A color instead of the series'.
  public var color: Color?
  /// The width in points; nil takes the theme's.
  public var width: Double?

  /// Lines from places to places.
  public init(
    x: [Double], y: [Double], endX: [Double], endY: [Double], series: String? = nil,
    stroke: LineMark.Stroke = .solid, color: Color? = nil, width: Double? = nil
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    _endX = Numbers(wrappedValue: endX)
    _endY = Numbers(wrappedValue: endY)
    self.series = series
    self.stroke = stroke
    self.color = color
    self.width = width
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y, more: [.init("end x", endX), .init("end y", endY)]) }

  /// What the axes must show.
  public var extent: MarkExtent { MarkExtent(x: x + endX, y: y + endY) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let lines = panel.segments(x, y, endX, endY)
    if !lines.isEmpty { shapes.append(DrawnShape(.lines(lines), stroke: stroke.pen(style, width: width))) }
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let line = [Point(frame.x, frame.center.y), Point(frame.right, frame.center.y)]
    shapes.append(DrawnShape(.lines([line]), stroke: stroke.pen(style, width: width)))
  }
}
