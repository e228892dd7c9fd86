/// Areas between values on a grid, in the colors of the plot's color axis.
public struct FilledContourMark: Mark {
  /// The name in stored plots.
  public static let kind = "filled-contour"

  /// Where the columns are.
  @Numbers public var x: [Double]
  /// Where the rows are.
  @Numbers public var y: [Double]
  /// The values.
  public var grid: ValueGrid
  /// The values at which the color changes.
  @Numbers public var levels: [Double]
  /// From 0, invisible, to 1.
  public var opacity: Double

  /// Areas between levels, or between about ten round values.
  public init(
    x: [Double], y: [Double], values: [[Double]], levels: [Double]? = nil, opacity: Double = 1
  ) {
    self.init(x: x, y: y, grid: ValueGrid(values), levels: levels, opacity: opacity)
  }

  /// Areas of a function of two variables.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, samples: Int = 80, levels: [Double]? = nil,
    opacity: Double = 1, _ function: (Double, Double) throws -> Double
  ) rethrows {
    let (columns, rows) = (x.samples(samples), y.samples(samples))
    self.init(
      x: columns, y: rows, grid: try ValueGrid(x: columns, y: rows, function), levels: levels,
      opacity: opacity)
  }

  /// Areas between levels of a grid.
  public init(x: [Double], y: [Double], grid: ValueGrid, levels: [Double]? = nil, opacity: Double = 1) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.grid = grid
    _levels = Numbers(wrappedValue: levels ?? ContourMark.roundLevels(grid, about: 10))
    self.opacity = opacity.isFinite ? min(max(opacity, 0), 1) : 1
  }

  /// Areas have no entry in the legend, but a color bar.
  public var series: String? { nil }

  /// What is shown.
  public var data: MarkData { MarkData.grid(x, y, grid) }

  /// What the axes must show.
  public var extent: MarkExtent { MarkExtent(x: x, y: y, colors: grid.values, isTight: true) }

  /// What alternative texts say.
  public var summary: String? {
    let finite = grid.values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return "No areas." }
    return "Areas of values from \(low.text()) to \(high.text()), divided at \(levels.count) levels."
  }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let finite = grid.values.filter { $0.magnitude < 1e300 }
    guard let low = finite.min(), let high = finite.max(), let colors = panel.color else { return }
    let tracer = ContourTracer(x: x, y: y, grid: grid)
    let inner = levels.filter { $0 > low && $0 < high }.sorted()
    // Higher areas cover lower ones, so that no seam shows between them.
    for (index, level) in ([low] + inner).enumerated() {
      let next = index < inner.count ? inner[index] : high
      guard let color = colors.color(of: (level + next) / 2) ?? colors.color(of: next) else { continue }
      let outlines = tracer.outlines(above: level).map { outline in
        LineSimplifier.simplified(outline.points.compactMap { panel.point($0.x, $0.y) })
      }.filter { $0.count > 2 }
      guard !outlines.isEmpty else { continue }
      shapes.append(DrawnShape(.polygons(outlines), fill: color, opacity: opacity))
    }
  }

  /// Draws nothing: the color bar explains areas.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {}

  /// Areas say nothing at the pointer.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] { [] }
}
