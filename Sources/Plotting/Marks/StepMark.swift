/// Values joined by steps instead of a line.
public struct StepMark: SeriesMark {
  /// Where a step is between two values.
  public enum Change: String, Codable, Hashable, Sendable {
    /// A value is kept until the next.
    case after
    /// The next value holds from the one before.
    case before
    /// Halfway.
    case center
  }

  /// The name in stored plots.
  public static let kind = "step"

  /// Values on the horizontal axis.
  @Numbers public var x: [Double]
  /// Values on the vertical axis; the line breaks where one is not finite.
  @Numbers public var y: [Double]
  /// The entry of the legend.
  public var series: String?
  /// Where the steps are.
  public var change: Change
  /// How the line is stroked.
  public var stroke: LineMark.Stroke
  /// A color instead of the series'.
  public var color: Color?
  /// The width in points; nil takes the theme's.
  public var width: Double?

  /// Steps through values.
  public init(
    x: [Double], y: [Double], series: String? = nil, change: Change = .after,
    stroke: LineMark.Stroke = .solid, color: Color? = nil, width: Double? = nil
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.series = series
    self.change = change
    self.stroke = stroke
    self.color = color
    self.width = width
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let runs = panel.runs(x, y).map(steps)
    LineMark.draw(runs, pen: stroke.pen(style, width: width), as: style, onto: &shapes)
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let (low, high) = (frame.y + frame.height * 0.72, frame.y + frame.height * 0.28)
    let line = [
      Point(frame.x, low), Point(frame.center.x, low), Point(frame.center.x, high), Point(frame.right, high),
    ]
    shapes.append(DrawnShape(.lines([line]), stroke: stroke.pen(style, width: width)))
  }

  private func steps(_ run: [Point]) -> [Point] {
    run.indices.flatMap { index -> [Point] in
      let point = run[index]
      guard index > 0 else { return [point] }
      let last = run[index - 1]
      guard point.y != last.y else { return [point] }
      switch change {
      case .after: return [Point(point.x, last.y), point]
      case .before: return [Point(last.x, point.y), point]
      case .center:
        let middle = (last.x + point.x) / 2
        return [Point(middle, last.y), Point(middle, point.y), point]
      }
    }
  }
}
