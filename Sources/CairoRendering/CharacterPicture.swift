import CCairo

/// A character drawn into a square of pixels, as data for networks.
public enum CharacterPicture {
  /// How much of each pixel the character covers, from 0 to 1, row by row; nil for characters that the font lacks, or if
  /// Cairo cannot draw.
  ///
  /// The character's box is centered, then mapped by `(x, y) → (xx x + xy y + dx, yx x + yy y + dy)` around the center, with
  /// moves in units of the edge. The size of the font is the edge, so that digits fill three quarters of it.
  public static func coverage(
    of character: Character, size: Int, xx: Double = 1, yx: Double = 0, xy: Double = 0, yy: Double = 1,
    dx: Double = 0, dy: Double = 0
  ) -> [Double]? {
    guard let font = try? FontFile.shared.get(),
      let surface = ImageSurface(width: size, height: size, format: CAIRO_FORMAT_A8),
      let context = cairo_create(surface.pointer)
    else { return nil }
    defer { cairo_destroy(context) }
    let edge = Double(size)
    let isDrawn = font.use(on: context) {
      guard let index = font.glyphsInUse(of: String(character)).first?.index else { return false }
      cairo_set_font_size(context, edge)
      var glyph = cairo_glyph_t(index: index, x: 0, y: 0)
      cairo_glyph_path(context, &glyph, 1)
      var (left, top, right, bottom) = (0.0, 0.0, 0.0, 0.0)
      cairo_path_extents(context, &left, &top, &right, &bottom)
      cairo_new_path(context)
      cairo_translate(context, edge * (0.5 + dx), edge * (0.5 + dy))
      var matrix = cairo_matrix_t(xx: xx, yx: yx, xy: xy, yy: yy, x0: 0, y0: 0)
      cairo_transform(context, &matrix)
      cairo_translate(context, -(left + right) / 2, -(top + bottom) / 2)
      cairo_glyph_path(context, &glyph, 1)
      cairo_set_antialias(context, CAIRO_ANTIALIAS_GRAY)
      cairo_set_source_rgba(context, 0, 0, 0, 1)
      cairo_fill(context)
      return true
    }
    guard isDrawn else { return nil }
    cairo_surface_flush(surface.pointer)
    guard let bytes = cairo_image_surface_get_data(surface.pointer) else { return nil }
    let stride = Int(cairo_image_surface_get_stride(surface.pointer))
    return (0..<size).flatMap { row in (0..<size).map { Double(bytes[row * stride + $0]) / 255 } }
  }
}
