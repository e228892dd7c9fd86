/// A line of text at its place.
public struct DrawnText: Codable, Hashable, Sendable {
  /// Which point of the baseline is at the place.
  public enum Anchor: String, Codable, Sendable {
    case start, middle, end
  }

  /// What is written.
  public var label: Label
  /// The place of the anchor, on the baseline.
  public var position: Point
  /// Which point of the baseline is at the position.
  public var anchor: Anchor
  /// The size of the font in points.
  public var size: Double
  /// Degrees counterclockwise about the position.
  public var rotation: Double

  /// A line of text.
  public init(_ label: Label, at position: Point, anchor: Anchor, size: Double, rotation: Double = 0) {
    self.label = label
    self.position = position
    self.anchor = anchor
    self.size = size
    self.rotation = rotation
  }
}
