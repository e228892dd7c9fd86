/// The size of a figure in inches.
public struct FigureSize: Codable, Hashable, Sendable {
  /// The width in inches.
  public var width: Double
  /// The height in inches.
  public var height: Double

  /// A size in inches.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}
