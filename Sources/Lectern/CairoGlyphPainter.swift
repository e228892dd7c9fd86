import CairoRendering
import Datasets
import Tensors

/// Draws characters for data with Cairo, in the font of the figures.
public struct CairoGlyphPainter: GlyphPainter {
  /// A painter.
  public init() {}

  /// The picture of a character; empty pixels for one that the font lacks.
  public func picture(of character: Character, size: Int, map: GlyphMap) -> [Double] {
    CharacterPicture.coverage(
      of: character, size: size, xx: map.xx, yx: map.yx, xy: map.xy, yy: map.yy, dx: map.dx, dy: map.dy)
      ?? [Double](repeating: 0, count: size * size)
  }
}

extension Dataset {
  /// The data of a generator under a seed: those that a recipe with this seed has.
  public static func generated(_ generator: some Generator, seed: UInt64 = 0) throws -> Dataset {
    var stream = RandomStream(seed: seed, .data)
    return try generator.dataset(using: &stream, painter: CairoGlyphPainter())
  }
}
