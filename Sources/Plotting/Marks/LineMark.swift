/// Values joined by a line, or by steps that keep a value until the next.
public struct LineMark: Mark {
  /// How a line is stroked.
  public enum Stroke: String, Codable, Hashable, Sendable {
    case solid, dashed, dotted

    /// Lengths of dashes and gaps as multiples of the line width.
    var dash: [Double] {
      switch self {
      case .solid: []
      case .dashed: [4.5, 2.5]
      case .dotted: [1.2, 1.8]
      }
    }
  }

  /// The name in stored plots.
  public static let kind = "line"

  /// Values on the horizontal axis.
  @Numbers public var x: [Double]
  /// Values on the vertical axis; the line breaks where one is not finite.
  @Numbers public var y: [Double]
  /// The entry of the legend.
  public var series: String?
  /// How the line is stroked.
  public var stroke: Stroke
  /// Whether each value is kept until the next.
  public var isStep: Bool
  /// A color instead of the series'.
  public var color: Color?
  /// The width in points; nil takes the theme's.
  public var width: Double?

  /// A line through values.
  public init(
    x: [Double], y: [Double], series: String? = nil, stroke: Stroke = .solid, isStep: Bool = false,
    color: Color? = nil, width: Double? = nil
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.series = series
    self.stroke = stroke
    self.isStep = isStep
    self.color = color
    self.width = width
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    var lines: [[Point]] = []
    var dots: [Point] = []
    for run in panel.runs(x, y) {
      if run.count == 1 { dots.append(run[0]) }
      lines.append(LineSimplifier.simplified(isStep ? steps(run) : run))
    }
    lines.removeAll { $0.count < 2 }
    if !lines.isEmpty { shapes.append(DrawnShape(.lines(lines), stroke: pen(style))) }
    // A line through one value has no length, and a value between gaps would vanish.
    if !dots.isEmpty {
      shapes.append(DrawnShape(.dots(dots, diameter: style.theme.pointDiameter * 0.8), fill: style.color))
    }
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let line = [Point(frame.x, frame.center.y), Point(frame.right, frame.center.y)]
    shapes.append(DrawnShape(.lines([line]), stroke: pen(style)))
  }

  private func pen(_ style: MarkStyle) -> Plotting.Stroke {
    let width = width ?? style.theme.lineWidth
    return Plotting.Stroke(style.color, width: width, dash: stroke.dash.map { $0 * width })
  }

  private func steps(_ run: [Point]) -> [Point] {
    run.indices.flatMap { index -> [Point] in
      index == 0 || run[index].y == run[index - 1].y
        ? [run[index]] : [Point(run[index].x, run[index - 1].y), run[index]]
    }
  }
}
