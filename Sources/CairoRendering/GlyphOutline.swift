import CCairo

/// Reads outlines of the font from Cairo.
///
/// TrueType's curves have the second degree, Cairo's the third: they are turned back, which halves their texts.
struct GlyphOutline {
  private var writer = SVGPath(decimals: 0)
  /// The current point in thousandths, not rounded.
  private var current = (x: 0.0, y: 0.0)
  /// The current point in rounded thousandths.
  private var place = (0, 0)
  /// The control point that a smooth curve would have now, in rounded thousandths.
  private var reflected: (x: Int, y: Int)?

  /// The outline of a glyph in thousandths of the font size.
  static func path(of index: UInt, face: OpaquePointer, options: OpaquePointer?) -> String {
    defer { cairo_font_options_destroy(options) }
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1) else { return "" }
    defer { cairo_surface_destroy(surface) }
    guard let context = cairo_create(surface) else { return "" }
    defer { cairo_destroy(context) }
    cairo_set_font_face(context, face)
    cairo_set_font_options(context, options)
    cairo_set_font_size(context, 1000)
    var glyph = cairo_glyph_t(index: index, x: 0, y: 0)
    cairo_glyph_path(context, &glyph, 1)
    guard let path = cairo_copy_path(context) else { return "" }
    defer { cairo_path_destroy(path) }
    guard let data = path.pointee.data else { return "" }
    var outline = GlyphOutline()
    var place = 0
    while place < Int(path.pointee.num_data) {
      let header = data[place].header
      outline.add(header.type, data + place + 1)
      place += Int(header.length)
    }
    return outline.writer.written.string
  }

  private mutating func add(_ type: cairo_path_data_type_t, _ data: UnsafePointer<cairo_path_data_t>) {
    func point(_ index: Int) -> (x: Double, y: Double) { (data[index].point.x, data[index].point.y) }
    func rounded(_ point: (x: Double, y: Double)) -> (Int, Int) {
      (Int(point.x.rounded()), Int(point.y.rounded()))
    }
    switch type {
    case CAIRO_PATH_MOVE_TO:
      current = point(0)
      place = rounded(current)
      writer.move(to: place.0, place.1)
      reflected = nil
    case CAIRO_PATH_LINE_TO:
      current = point(0)
      let end = rounded(current)
      if end != place { writer.line(to: end.0, end.1) }
      place = end
      reflected = nil
    case CAIRO_PATH_CURVE_TO:
      let control = (
        x: current.x + 1.5 * (point(0).x - current.x), y: current.y + 1.5 * (point(0).y - current.y)
      )
      current = point(2)
      place = rounded(current)
      curve(rounded(control), to: place)
    default:
      writer.close()
      reflected = nil
    }
  }

  private mutating func curve(_ control: (Int, Int), to end: (Int, Int)) {
    var used = control
    // Thousandths that rounding moved make no corner.
    if let reflected, (reflected.x - control.0).magnitude <= 1, (reflected.y - control.1).magnitude <= 1 {
      used = reflected
      writer.smoothCurve(to: end.0, end.1)
    } else {
      writer.curve(control.0, control.1, to: end.0, end.1)
    }
    reflected = (2 * end.0 - used.0, 2 * end.1 - used.1)
  }
}
