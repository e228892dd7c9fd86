/// Something drawn: a geometry with its fill and stroke.
public struct DrawnShape: Codable, Hashable, Sendable {
  /// What is drawn, in points on the canvas.
  public enum Geometry: Codable, Hashable, Sendable {
    /// Open lines, stroked as one path.
    case lines([[Point]])
    /// Closed outlines as one path; what lies in several outlines of one sense is inside.
    case polygons([[Point]])
    /// Disks of one diameter.
    case dots([Point], diameter: Double)
    /// A rectangle.
    case rectangle(Rectangle)
    /// A line of text, in the fill color.
    case text(DrawnText)
    /// An image stretched over a rectangle.
    case image(PixelImage, in: Rectangle)

    /// A closed outline.
    public static func polygon(_ outline: [Point]) -> Geometry { .polygons([outline]) }
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
