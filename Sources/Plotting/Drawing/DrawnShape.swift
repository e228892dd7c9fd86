/// Something drawn: a geometry with its fill and stroke.
public struct DrawnShape: Codable, Hashable, Sendable {
  /// What is drawn, in points on the canvas.
  public enum Geometry: Codable, Hashable, Sendable {
    /// Open lines, stroked as one path.
    case lines([[Point]])
    /// A closed outline.
    case polygon([Point])
    /// Disks of one diameter.
    case dots([Point], diameter: Double)
    /// A rectangle.
    case rectangle(Rectangle)
    /// A line of text, in the fill color.
    case text(DrawnText)
  }

  /// What is drawn.
  public var geometry: Geometry
  /// The color inside; nil leaves it empty.
  public var fill: Color?
  /// The outline; nil draws none.
  public var stroke: Stroke?
  /// From 0, invisible, to 1.
  public var opacity: Double

  /// A shape.
  public init(_ geometry: Geometry, fill: Color? = nil, stroke: Stroke? = nil, opacity: Double = 1) {
    self.geometry = geometry
    self.fill = fill
    self.stroke = stroke
    self.opacity = opacity
  }
}
