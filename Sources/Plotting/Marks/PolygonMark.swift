/// A filled outline, as a region or a hull; several outlines are separated by values that are not finite.
public struct PolygonMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "polygon"

  /// Values of the corners on the horizontal axis.
  @Numbers public var x: [Double]
  /// Values of the corners on the vertical axis.
  @Numbers public var y: [Double]
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?
  /// From 0, an empty outline, to 1.
  public var opacity: Double

  /// An outline by its corners.
  public init(
    x: [Double], y: [Double], series: String? = nil, color: Color? = nil, opacity: Double = 0.2
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.series = series
    self.color = color
    self.opacity = opacity.isFinite ? min(max(opacity, 0), 1) : 1
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let outlines = panel.runs(x, y).filter { $0.count > 1 }
    guard !outlines.isEmpty else {
      let dots = panel.runs(x, y).flatMap(\.self)
      if !dots.isEmpty { shapes.append(DrawnShape(.dots(dots, diameter: 3), fill: style.color)) }
      return
    }
    if opacity > 0 {
      shapes.append(DrawnShape(.polygons(outlines), fill: style.color, opacity: opacity))
    }
    let pen = Stroke(style.color, width: style.theme.ruleWidth)
    shapes.append(DrawnShape(.lines(outlines.map { $0 + $0.prefix(1) }), stroke: pen))
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let area = frame.inset(by: 1)
    shapes.append(
      DrawnShape(.rectangle(area), fill: opacity > 0 ? style.color : nil, opacity: max(opacity, 0.2)))
    shapes.append(DrawnShape(.rectangle(area), stroke: Stroke(style.color, width: style.theme.ruleWidth)))
  }

  /// Outlines say nothing at the pointer.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] { [] }
}
