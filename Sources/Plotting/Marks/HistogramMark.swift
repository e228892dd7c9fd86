/// Counts of values in intervals, as bars that touch, or as an outline where several are compared.
public struct HistogramMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "histogram"

  /// The intervals and their counts.
  public var histogram: Histogram
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?
  /// Whether only the outline is drawn.
  public var isOutline: Bool

  /// Given counts.
  public init(_ histogram: Histogram, series: String? = nil, color: Color? = nil, isOutline: Bool = false) {
    self.histogram = histogram
    self.series = series
    self.color = color
    self.isOutline = isOutline
  }

  /// Counts of values; with `isDensity` their area is one.
  public init(
    of values: [Double], bins: Histogram.Bins = .automatic, weights: [Double] = [], isDensity: Bool = false,
    series: String? = nil, color: Color? = nil, isOutline: Bool = false
  ) {
    let histogram = Histogram(of: values, bins: bins, weights: weights)
    self.init(
      isDensity ? histogram.density : histogram, series: series, color: color, isOutline: isOutline)
  }

  /// What is shown.
  public var data: MarkData {
    MarkData(
      x: Array(histogram.edges.dropLast()), y: histogram.counts,
      more: [.init("up to", Array(histogram.edges.dropFirst()))])
  }

  /// What the axes must show.
  public var extent: MarkExtent { MarkExtent(x: histogram.edges, y: histogram.counts, includesZero: true) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var outline: [Point] = []
    for (_, bar) in bars(in: panel) {
      if isOutline {
        outline += [Point(bar.start.x, bar.end.y), bar.end]
        continue
      }
      guard bar.start.y != bar.end.y else { continue }
      let area = Rectangle(
        x: min(bar.start.x, bar.end.x), y: min(bar.start.y, bar.end.y),
        width: (bar.end.x - bar.start.x).magnitude, height: (bar.end.y - bar.start.y).magnitude)
      shapes.append(DrawnShape(.rectangle(area), fill: style.color, opacity: style.theme.areaOpacity + 0.2))
      shapes.append(
        DrawnShape(.rectangle(area), stroke: Stroke(.background, width: min(0.6, area.width / 6))))
    }
    guard let first = outline.first, let last = outline.last, let base = bars(in: panel).first?.bar.start.y
    else { return }
    let line = [Point(first.x, base)] + outline + [Point(last.x, base)]
    shapes.append(DrawnShape(.lines([line]), stroke: Stroke(style.color, width: style.theme.lineWidth)))
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let side = frame.height - 1
    let square = Rectangle(x: frame.center.x - side / 2, y: frame.y + 0.5, width: side, height: side)
    if isOutline {
      shapes.append(
        DrawnShape(.rectangle(square.inset(by: 1)), stroke: Stroke(style.color, width: style.theme.lineWidth))
      )
    } else {
      shapes.append(DrawnShape(.rectangle(square), fill: style.color, opacity: style.theme.areaOpacity + 0.2))
    }
  }

  /// Every interval with its count.
  public func hovers(in panel: Panel, as style: MarkStyle) -> [Hover] {
    bars(in: panel).map { index, bar in
      let name = series.map { "\(Label($0).plain), " } ?? ""
      let range = "\(histogram.edges[index].text()) to \(histogram.edges[index + 1].text())"
      let area = Rectangle(
        x: min(bar.start.x, bar.end.x), y: min(bar.start.y, bar.end.y),
        width: (bar.end.x - bar.start.x).magnitude, height: max((bar.end.y - bar.start.y).magnitude, 2))
      return Hover(.inside(area), title: "\(name)\(range): \(histogram.counts[index].text())")
    }
  }

  /// The lower left and the upper right corner of each bar.
  private func bars(in panel: Panel) -> [(index: Int, bar: (start: Point, end: Point))] {
    (0..<max(0, min(histogram.counts.count, histogram.edges.count - 1))).compactMap { index in
      let (left, right) = (histogram.edges[index], histogram.edges[index + 1])
      guard let start = panel.pointOrEdge(left, 0),
        let end = panel.pointOrEdge(right, histogram.counts[index])
      else { return nil }
      return (index, (start, end))
    }
  }
}
