/// Values joined by a line.
public struct LineMark: SeriesMark {
  /// How a line is stroked.
  public enum Stroke: String, Codable, Hashable, Sendable {
    case solid, dashed, dotted

    /// The pen of a width in points; nil takes the theme's.
    func pen(_ style: MarkStyle, width: Double?) -> Plotting.Stroke {
      let usual = style.theme.lineWidth
      let width = width.map { $0.within(0.1...50, otherwise: usual) } ?? usual
      return Plotting.Stroke(style.color, width: width, dash: dash.map { $0 * width })
    }

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
  /// A color instead of the series'.
  public var color: Color?
  /// The width in points; nil takes the theme's.
  public var width: Double?

  /// A line through values.
  public init(
    x: [Double], y: [Double], series: String? = nil, stroke: Stroke = .solid,
    color: Color? = nil, width: Double? = nil
  ) {
    _x = Numbers(wrappedValue: x)
    _y = Numbers(wrappedValue: y)
    self.series = series
    self.stroke = stroke
    self.color = color
    self.width = width
  }

  /// A function over an interval, sampled at so many places.
  public init(
    over range: ClosedRange<Double>, samples: Int = 200, series: String? = nil, stroke: Stroke = .solid,
    color: Color? = nil, width: Double? = nil, _ function: (Double) throws -> Double
  ) rethrows {
    let x = range.samples(samples)
    self.init(x: x, y: try x.map(function), series: series, stroke: stroke, color: color, width: width)
  }

  /// What is shown.
  public var data: MarkData { MarkData(x: x, y: y) }

  /// Draws the data.
  public func draw(in panel: Panel, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    LineMark.draw(panel.runs(x, y), pen: stroke.pen(style, width: width), as: style, onto: &shapes)
  }

  /// Draws the sample in the legend.
  public func drawKey(in frame: Rectangle, as style: MarkStyle, onto shapes: inout [DrawnShape]) {
    let line = [Point(frame.x, frame.center.y), Point(frame.right, frame.center.y)]
    shapes.append(DrawnShape(.lines([line]), stroke: stroke.pen(style, width: width)))
  }

  /// Draws lines without the points that nobody could see.
  static func draw(
    _ runs: [[Point]], pen: Plotting.Stroke, as style: MarkStyle, onto shapes: inout [DrawnShape]
  ) {
    let lines = runs.map(LineSimplifier.simplified).filter { $0.count > 1 }
    if !lines.isEmpty { shapes.append(DrawnShape(.lines(lines), stroke: pen)) }
    // A line through one value has no length, and a value between gaps would vanish.
    let dots = runs.filter { $0.count == 1 }.map { $0[0] }
    if !dots.isEmpty {
      shapes.append(DrawnShape(.dots(dots, diameter: style.theme.pointDiameter * 0.8), fill: style.color))
    }
  }
}

extension ClosedRange<Double> {
  /// Values from end to end at equal distances, at least two.
  package func samples(_ count: Int) -> [Double] {
    let last = Swift.max(count, 2) - 1
    return (0...last).map { index in
      index == last ? upperBound : lowerBound + (upperBound - lowerBound) * Double(index) / Double(last)
    }
  }
}
