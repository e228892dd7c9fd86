/// Values as dots.
public struct PointMark: Mark {
  /// The name in stored plots.
  public static let kind = "points"

  /// Values on the horizontal axis.
  @Numbers public var x: [Double]
  /// Values on the vertical axis.
  @Numbers public var y: [Double]
  /// The entry of the legend.
  public var series: String?
  /// The diameter in points; nil takes the theme's.
  public var size: Double?
  /// A color instead of the series'.
  public var color: Color?

  /// Dots at values.
  public init(x: [Double], y: [Double], series: String? = nil, size: Double? = nil, color: Color? = nil) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.series = series
    self.size = size
    self.color = color
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let points = panel.runs(x, y).flatMap(\.self)
    guard !points.isEmpty else { return }
    // Many dots are drawn smaller, so that they stay apart.
    let diameter = size ?? style.theme.pointDiameter * (points.count > 300 ? 0.7 : 1)
    shapes.append(DrawnShape(.dots(points, diameter: diameter), fill: style.color, opacity: 0.85))
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let diameter = min(size ?? style.theme.pointDiameter, frame.height)
    shapes.append(DrawnShape(.dots([frame.center], diameter: diameter), fill: style.color, opacity: 0.85))
  }
}
