/// A linear map of the plane with a move, in units of a picture's edge around its center.
public struct GlyphMap: Sendable, Hashable {
  /// What becomes of a step to the right: so much to the right and so much down.
  public var xx, yx: Double
  /// What becomes of a step down.
  public var xy, yy: Double
  /// The move to the right and down.
  public var dx, dy: Double

  /// A map.
  public init(
    xx: Double = 1, xy: Double = 0, yx: Double = 0, yy: Double = 1, dx: Double = 0, dy: Double = 0
  ) {
    self.xx = xx
    self.xy = xy
    self.yx = yx
    self.yy = yy
    self.dx = dx
    self.dy = dy
  }
}

/// Draws characters: the engine has no font of its own.
public protocol GlyphPainter: Sendable {
  /// The picture of a character that fills most of a square, mapped around its center: a number from 0 to 1 for each pixel,
  /// row by row.
  func picture(of character: Character, size: Int, map: GlyphMap) -> [Double]
}
