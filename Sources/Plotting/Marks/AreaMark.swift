/// The area between a curve and a base line.
public struct AreaMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "area"

  /// Values on the horizontal axis.
  @Numbers public var x: [Double]
  /// The curve.
  @Numbers public var y: [Double]
  /// The base line, one value for each of the curve; empty for zero.
  @Numbers public var base: [Double]
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?

  /// The area between a curve and a base line, of zero unless given.
  public init(x: [Double], y: [Double], base: [Double] = [], series: String? = nil, color: Color? = nil) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    _base = Numbers(wrappedValue: base)
    self.series = series
    self.color = color
  }

  /// Areas on top of each other, the first at the bottom.
  public static func stacked(x: [Double], _ series: KeyValuePairs<String, [Double]>) -> [AreaMark] {
    var base = [Double](repeating: 0, count: x.count)
    return series.map { name, heights in
      let top = zip(base, heights).map { $0 + ($1.isFinite ? $1 : 0) }
      defer { base = top + base.dropFirst(top.count) }
      return AreaMark(x: x, y: top, base: base, series: name)
    }
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y, more: base.isEmpty ? [] : [.init("base", base)]) }

  /// What the axes must show.
  public var extent: MarkExtent { MarkExtent(x: x, y: y + base, includesZero: base.isEmpty) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var bottom: [Point] = []
    var top: [Point] = []
    func finish() {
      if top.count > 1 {
        let curve = LineSimplifier.simplified(top)
        let outline = curve + LineSimplifier.simplified(bottom).reversed()
        shapes.append(DrawnShape(.polygon(outline), fill: style.color, opacity: style.theme.areaOpacity))
        shapes.append(DrawnShape(.lines([curve]), stroke: Stroke(style.color, width: style.theme.ruleWidth)))
      } else if let point = top.first, let foot = bottom.first {
        shapes.append(DrawnShape(.lines([[foot, point]]), stroke: Stroke(style.color, width: 4)))
      }
      bottom = []
      top = []
    }
    for index in 0..<min(x.count, y.count) {
      guard let high = panel.point(x[index], y[index]),
        let low = panel.pointOrEdge(x[index], index < base.count ? base[index] : 0)
      else {
        finish()
        continue
      }
      top.append(high)
      bottom.append(low)
    }
    finish()
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let area = Rectangle(x: frame.x, y: frame.y + 2, width: frame.width, height: frame.height - 2)
    shapes.append(DrawnShape(.rectangle(area), fill: style.color, opacity: style.theme.areaOpacity))
    let line = [Point(area.x, area.y), Point(area.right, area.y)]
    shapes.append(DrawnShape(.lines([line]), stroke: Stroke(style.color, width: style.theme.ruleWidth)))
  }
}
