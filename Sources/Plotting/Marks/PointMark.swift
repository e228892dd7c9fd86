/// Values as dots.
public struct PointMark: Mark {
  public static let kind = "points"

  /// Values on the horizontal axis.
  @Numbers public var x: [Double]
  /// Values on the vertical axis.
  @Numbers public var y: [Double]
  public var series: String?
  /// The diameter in points; nil takes the theme's.
  public var size: Double?
  public var color: Color?

  /// Dots at values.
  public init(x: [Double], y: [Double], series: String? = nil, size: Double? = nil, color: Color? = nil) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.series = series
    self.size = size
    self.color = color
  }

  public var data: MarkData { MarkData(x: x, y: y) }

  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [Shape]) {
    let points = panel.runs(x, y).flatMap(\.self)
    guard !points.isEmpty else { return }
    // Many dots are drawn smaller, so that they stay apart.
    let diameter = size ?? style.theme.pointDiameter * (points.count > 300 ? 0.7 : 1)
    shapes.append(Shape(.dots(points, diameter: diameter), fill: style.color, opacity: 0.85))
  }

  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [Shape]) {
    let diameter = min(size ?? style.theme.pointDiameter, frame.height)
    shapes.append(Shape(.dots([frame.center], diameter: diameter), fill: style.color, opacity: 0.85))
  }
}
