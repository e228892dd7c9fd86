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

extension Hover {
  /// No plot has more places: more would only make the file large.
  static let most = 120

  /// At most `most` of many, evenly chosen, the first and the last among them.
  package static func thinned<Place>(_ places: [Place], to most: Int = Hover.most) -> [Place] {
    guard places.count > most else { return places }
    return (0..<most).map { places[$0 * (places.count - 1) / max(most - 1, 1)] }
  }
}
