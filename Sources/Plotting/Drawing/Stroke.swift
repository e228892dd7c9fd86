/// How a line is drawn.
public struct Stroke: Codable, Hashable, Sendable {
  /// The color.
  public var color: Color
  /// The width in points.
  public var width: Double
  /// Lengths of dashes and gaps in points; none for a solid line.
  public var dash: [Double]

  /// A line of a color and width.
  public init(_ color: Color, width: Double, dash: [Double] = []) {
    self.color = color
    self.width = width
    self.dash = dash
  }
}
