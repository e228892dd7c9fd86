/// Lines of equal values on a grid, in the colors of their levels or in one color, labeled where there is room.
public struct ContourMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "contour"

  /// Where the columns are.
  @Numbers public var x: [Double]
  /// Where the rows are.
  @Numbers public var y: [Double]
  /// The values.
  public var grid: ValueGrid
  /// The values that have a line.
  @Numbers public var levels: [Double]
  /// The entry of the legend.
  public var series: String?
  /// One color for all lines; nil takes the colors of the levels.
  public var color: Color?
  /// How the lines are stroked.
  public var stroke: LineMark.Stroke
  /// The width in points; nil takes the theme's.
  public var width: Double?

  /// Lines at levels, or at about ten round values.
  public init(
    x: [Double], y: [Double], values: [[Double]], levels: [Double]? = nil, series: String? = nil,
    color: Color? = nil, stroke: LineMark.Stroke = .solid, width: Double? = nil
  ) {
    self.init(
      x: x, y: y, grid: ValueGrid(values), levels: levels, series: series, color: color, stroke: stroke,
      width: width)
  }

  /// Lines of a function of two variables.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, samples: Int = 80, levels: [Double]? = nil,
    series: String? = nil, color: Color? = nil, stroke: LineMark.Stroke = .solid, width: Double? = nil,
    _ function: (Double, Double) throws -> Double
  ) rethrows {
    let (columns, rows) = (x.samples(samples), y.samples(samples))
    self.init(
      x: columns, y: rows, grid: try ValueGrid(x: columns, y: rows, function), levels: levels,
      series: series, color: color, stroke: stroke, width: width)
  }

  /// Lines at levels of a grid.
  public init(
    x: [Double], y: [Double], grid: ValueGrid, levels: [Double]? = nil, series: String? = nil,
    color: Color? = nil, stroke: LineMark.Stroke = .solid, width: Double? = nil
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.grid = grid
    _levels = Numbers(wrappedValue: levels ?? ContourMark.roundLevels(grid, about: 10))
    self.series = series
    self.color = color
    self.stroke = stroke
    self.width = width
  }

  /// Round values within those of a grid.
  static func roundLevels(_ grid: ValueGrid, about count: Int) -> [Double] {
    let finite = grid.values.filter { $0.magnitude < 1e300 }
    guard let low = finite.min(), let high = finite.max(), low < high else { return [] }
    return LinearScale(domain: low...high).ticks(about: count).major.map(\.value).filter {
      $0 > low && $0 < high
    }
  }

  /// What is shown.
  public var data: MarkData { MarkData.grid(x, y, grid) }

  /// What the axes must show.
  public var extent: MarkExtent {
    MarkExtent(x: x, y: y, colors: color == nil ? grid.values : [], isTight: true)
  }

  /// What alternative texts say.
  public var summary: String? {
    let name = series.map { "\(Label($0).plain): " } ?? ""
    guard let first = levels.first, let last = levels.last else { return "\(name)no lines of equal values." }
    return "\(name)\(levels.count) lines of equal values from \(first.text()) to \(last.text())."
  }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let tracer = ContourTracer(x: x, y: y, grid: grid)
    for level in levels where level.isFinite {
      let lines = tracer.outlines(above: level).flatMap { $0.contours(in: panel) }
        .map(LineSimplifier.simplified)
      guard !lines.isEmpty else { continue }
      var pen = stroke.pen(style, width: width ?? style.theme.ruleWidth * 1.2)
      if color == nil, series == nil, let own = panel.color?.color(of: level) { pen.color = own }
      shapes.append(DrawnShape(.lines(lines), stroke: pen))
    }
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let line = [Point(frame.x, frame.center.y), Point(frame.right, frame.center.y)]
    let pen = stroke.pen(style, width: width ?? style.theme.ruleWidth * 1.2)
    shapes.append(DrawnShape(.lines([line]), stroke: pen))
  }

  /// Contours say nothing at the pointer.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] { [] }
}

extension MarkData {
  /// The values of a grid with their places.
  static func grid(_ x: [Double], _ y: [Double], _ grid: ValueGrid) -> MarkData {
    let cells = grid.values.indices.map { ($0 % grid.columns, $0 / grid.columns) }
    return MarkData(
      x: cells.map { $0.0 < x.count ? x[$0.0] : .nan }, y: cells.map { $0.1 < y.count ? y[$0.1] : .nan },
      more: [.init("value", grid.values)])
  }
}

extension ContourTracer.Outline {
  /// The parts of the outline that are contours, on a panel.
  func contours(in panel: Panel) -> [[Point]] {
    let count = points.count
    let places = points.map { panel.point($0.x, $0.y) }
    // From behind a side that is no contour, so that no line is cut where the outline begins.
    let start = isOnBorder.firstIndex(of: true).map { $0 + 1 } ?? 0
    var lines: [[Point]] = []
    var line: [Point] = []
    for step in 0..<count {
      let index = (start + step) % count
      guard !isOnBorder[index], let from = places[index], let to = places[(index + 1) % count] else {
        if line.count > 1 { lines.append(line) }
        line = []
        continue
      }
      if line.isEmpty { line.append(from) }
      line.append(to)
    }
    if line.count > 1 { lines.append(line) }
    return lines
  }
}
