/// A short text beside a mark.
public struct Annotation: Hashable, Sendable {
  /// A place for the text: a point that it touches, and on which side of the point it is.
  public struct Place: Hashable, Sendable {
    /// The point.
    public var point: Point
    /// Whether the text is to the left of the point.
    public var isLeft: Bool
    /// Whether the text is above the point.
    public var isAbove: Bool
  }

  /// The source of the text.
  public var text: String
  /// Where the text stands beside the panel if no place is free; nil keeps it inside.
  public var outside: Point?
  /// The places, the best first.
  public var places: [Place]
  /// The color.
  public var color = Color.muted
  /// The size in points; nil takes that of tick labels.
  public var size: Double?
  /// Whether the text is left out where it would cover another or leave the panel: readers find it at the pointer.
  public var isOptional = false
}
