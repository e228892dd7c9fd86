/// The area between two curves: an interval or the spread of replicas.
public struct BandMark: SeriesMark {
  /// The name in stored plots.
  public static let kind = "band"

  /// Values on the horizontal axis.
  @Numbers public var x: [Double]
  /// The lower curve.
  @Numbers public var lower: [Double]
  /// The upper curve; the band breaks where a value of either curve has no place.
  @Numbers public var upper: [Double]
  /// The entry of the legend.
  public var series: String?
  /// A color instead of the series'.
  public var color: Color?

  /// The area between two curves.
  public init(x: [Double], lower: [Double], upper: [Double], series: String? = nil, color: Color? = nil) {
    _x = Numbers(wrappedValue: x)
    _lower = Numbers(wrappedValue: lower)
    _upper = Numbers(wrappedValue: upper)
    self.series = series
    self.color = color
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, lower: lower, upper: upper) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var bottom: [Point] = []
    var top: [Point] = []
    func finish() {
      if bottom.count == 1 {
        shapes.append(
          DrawnShape(
            .lines([[bottom[0], top[0]]]), stroke: Stroke(style.color, width: 4),
            opacity: style.theme.bandOpacity))
      } else if bottom.count > 1 {
        let outline = LineSimplifier.simplified(bottom) + LineSimplifier.simplified(top).reversed()
        shapes.append(DrawnShape(.polygon(outline), fill: style.color, opacity: style.theme.bandOpacity))
      }
      bottom = []
      top = []
    }
    for index in 0..<min(x.count, lower.count, upper.count) {
      guard let low = panel.pointOrEdge(x[index], lower[index]),
        let high = panel.point(x[index], upper[index])
      else {
        finish()
        continue
      }
      bottom.append(low)
      top.append(high)
    }
    finish()
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    shapes.append(
      DrawnShape(.rectangle(frame.inset(by: 1)), fill: style.color, opacity: style.theme.bandOpacity))
  }
}
