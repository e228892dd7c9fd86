/// What a reader sees when the pointer rests on a place.
public struct Hover: Codable, Hashable, Sendable {
  /// The place that responds.
  public enum Area: Codable, Hashable, Sendable {
    /// A disk about a point; its radius is the drawing's `hoverRadius`.
    case near(Point)
    /// A rectangle, such as a bar.
    case inside(Rectangle)
  }

  /// The place that responds.
  public var area: Area
  /// The text: series name and value.
  public var title: String

  /// A place with its text.
  public init(_ area: Area, title: String) {
    self.area = area
    self.title = title
  }
}
