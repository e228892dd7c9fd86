/// The area where values on a grid reach a level, as the side of a decision boundary that a class has.
public struct RegionMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "region"

  /// Where the columns are.
  @Numbers public var x: [Double]
  /// Where the rows are.
  @Numbers public var y: [Double]
  /// The values.
  public var grid: ValueGrid
  /// The least value of the region.
  public var level: Double
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?
  /// From 0, an outline alone, to 1.
  public var opacity: Double

  /// The area of a grid's values at or above a level.
  public init(
    x: [Double], y: [Double], grid: ValueGrid, level: Double = 0, series: String? = nil, color: Color? = nil,
    opacity: Double = 0.18
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.grid = grid
    self.level = level.isFinite ? level : 0
    self.series = series
    self.color = color
    self.opacity = opacity.isFinite ? min(max(opacity, 0), 1) : 1
  }

  /// What is shown.
  public var data: MarkData { MarkData.grid(x, y, grid) }

  /// What the axes must show.
  public var extent: MarkExtent { MarkExtent(x: x, y: y, isTight: true) }

  /// What alternative texts say.
  public var summary: String? {
    let name = series.map { "\(Label($0).plain): " } ?? ""
    let inside = grid.values.filter { $0 >= level }.count
    let share = grid.values.isEmpty ? 0 : Double(inside) / Double(grid.values.count)
    return "\(name)a region that covers \((share * 100).text(digits: 3)) % of the plane."
  }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let outlines = ContourTracer(x: x, y: y, grid: grid).outlines(above: level)
    let areas = outlines.map { outline in
      LineSimplifier.simplified(outline.points.compactMap { panel.point($0.x, $0.y) })
    }.filter { $0.count > 2 }
    if !areas.isEmpty, opacity > 0 {
      shapes.append(DrawnShape(.polygons(areas), fill: style.color, opacity: opacity))
    }
    let lines = outlines.flatMap { $0.contours(in: panel) }.map(LineSimplifier.simplified)
    guard !lines.isEmpty else { return }
    shapes.append(DrawnShape(.lines(lines), stroke: Stroke(style.color, width: style.theme.ruleWidth)))
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let area = frame.inset(by: 1)
    shapes.append(DrawnShape(.rectangle(area), fill: style.color, opacity: max(opacity, 0.1)))
    shapes.append(DrawnShape(.rectangle(area), stroke: Stroke(style.color, width: style.theme.ruleWidth)))
  }

  /// Regions say nothing at the pointer.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] { [] }
}
