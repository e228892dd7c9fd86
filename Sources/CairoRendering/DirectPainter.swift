import CCairo
import Plotting

/// Paints texts and images with Cairo, for files that are complete in themselves.
///
/// The font has to be the context's: a renderer draws within `FontFile.use`.
struct DirectPainter: ShapePainter {
  let font: FontFile
  /// Pixels of masks for a point.
  let resolution: Double

  func paint(_ text: DrawnText, color: Color, opacity: Double, on canvas: CairoCanvas) {
    guard let position = CairoCanvas.bounded(text.position), text.size > 0 else { return }
    let context = canvas.context
    canvas.set(color, opacity: opacity)
    cairo_save(context)
    cairo_translate(context, position.x, position.y)
    cairo_rotate(context, -text.rotation * .pi / 180)
    let runs = text.label.runs.map { (glyphs: font.glyphsInUse(of: $0.text), run: $0) }
    var x = text.start(width: runs.reduce(0) { $0 + $1.glyphs.advance * text.size * $1.run.scale })
    for (glyphs, run) in runs {
      let size = text.size * run.scale
      cairo_set_font_size(context, size)
      show(glyphs, at: Point(x, -run.rise * text.size), size: size, on: canvas)
      x += glyphs.advance * size
    }
    cairo_restore(context)
  }

  private func show(_ glyphs: [Glyph], at start: Point, size: Double, on canvas: CairoCanvas) {
    var places: [cairo_glyph_t] = []
    var clusters: [cairo_text_cluster_t] = []
    var letters = ""
    var x = start.x
    for glyph in glyphs {
      if let index = glyph.index {
        places.append(cairo_glyph_t(index: index, x: x, y: start.y))
        letters.unicodeScalars.append(glyph.scalar)
        clusters.append(
          cairo_text_cluster_t(num_bytes: Int32(UTF8.width(glyph.scalar)), num_glyphs: 1))
      } else if glyph.isMissing {
        box(at: Point(x, start.y), size: size, on: canvas)
      }
      x += glyph.advance * size
    }
    guard !places.isEmpty else { return }
    cairo_show_text_glyphs(
      canvas.context, letters, Int32(letters.utf8.count), places, Int32(places.count), clusters,
      Int32(clusters.count), cairo_text_cluster_flags_t(rawValue: 0))
  }

  private func box(at place: Point, size: Double, on canvas: CairoCanvas) {
    let context = canvas.context
    for (left, top, right, bottom) in Glyph.boxEdges {
      cairo_rectangle(
        context, place.x + left * size, place.y + top * size, (right - left) * size, (bottom - top) * size)
    }
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
    cairo_fill(context)
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_WINDING)
  }

  func paint(_ image: PixelImage, in area: Rectangle, opacity: Double, on canvas: CairoCanvas) {
    guard let surface = ImageSurface(image) else { return }
    let context = canvas.context
    cairo_save(context)
    canvas.add(area)
    cairo_clip(context)
    cairo_translate(context, area.x, area.y)
    cairo_scale(context, area.width / Double(image.width), area.height / Double(image.height))
    cairo_set_source_surface(context, surface.pointer, 0, 0)
    let pattern = cairo_get_source(context)
    cairo_pattern_set_filter(pattern, image.isSmooth ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST)
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD)
    if opacity < 1 { cairo_paint_with_alpha(context, opacity) } else { cairo_paint(context) }
    cairo_restore(context)
  }

  func paint(
    _ points: [Point], diameter: Double, in area: Rectangle, color: Color, opacity: Double,
    on canvas: CairoCanvas
  ) {
    guard let mask = DotMask(points, diameter: diameter, in: area, resolution: resolution),
      let surface = ImageSurface(mask)
    else { return }
    let context = canvas.context
    canvas.set(color, opacity: opacity)
    cairo_save(context)
    cairo_translate(context, mask.area.x, mask.area.y)
    cairo_scale(context, 1 / resolution, 1 / resolution)
    cairo_mask_surface(context, surface.pointer, 0, 0)
    cairo_restore(context)
  }
}

extension [Glyph] {
  /// How far the glyphs reach, as a share of the font size.
  var advance: Double { reduce(0) { $0 + $1.advance } }
}

extension DrawnText {
  /// Where a text of a width begins, from its place.
  func start(width: Double) -> Double { anchor == .start ? 0 : anchor == .middle ? -width / 2 : -width }
}
