import CCairo
import Plotting

/// Marks the places of texts, images and masks in Cairo's SVG, and keeps what stands there.
final class SVGPainter: ShapePainter {
  private let font: FontFile
  /// What begins the ids of glyphs.
  private let glyphPrefix: String
  private(set) var insertions: [SVGInsertion] = []
  /// The glyphs of all texts.
  private(set) var sheet = GlyphSheet()
  private var maskCount = 0

  /// Pixels of masks for a point: 300 for an inch.
  private static let resolution = 300.0 / 72

  init(font: FontFile, glyphPrefix: String) {
    self.font = font
    self.glyphPrefix = glyphPrefix
  }

  func paint(_ text: DrawnText, color: Color, opacity: Double, on canvas: CairoCanvas) {
    guard let position = CairoCanvas.bounded(text.position), text.size > 0 else { return }
    let runs = text.label.runs.map { (glyphs: font.glyphs(of: $0.text), run: $0) }
    var x = text.start(width: runs.reduce(0) { $0 + $1.glyphs.advance * text.size * $1.run.scale })
    var element = SVGTextElement(
      color: color, opacity: SVGText.hundredths(opacity), position: position, rotation: text.rotation,
      runs: [])
    for (glyphs, run) in runs {
      let size = text.size * run.scale
      var places: [(id: String, x: Int)] = []
      var advance = 0.0
      for glyph in glyphs {
        if !glyph.path.isEmpty {
          sheet.add(glyph)
          places.append((glyphPrefix + glyph.name, Int((advance * 1000).rounded())))
        }
        advance += glyph.advance
      }
      element.runs.append(.init(size: size, offset: Point(x, -run.rise * text.size), glyphs: places))
      x += advance * size
    }
    guard element.runs.contains(where: { !$0.glyphs.isEmpty }) else { return }
    mark(on: canvas)
    insertions.append(.text(element))
  }

  func paint(_ image: PixelImage, in area: Rectangle, opacity: Double, on canvas: CairoCanvas) {
    guard let file = ImageSurface(image)?.png else { return }
    mark(area, on: canvas)
    insertions.append(
      .image(file, area: area, isSmooth: image.isSmooth, opacity: SVGText.hundredths(opacity)))
  }

  func paint(
    _ points: [Point], diameter: Double, in area: Rectangle, color: Color, opacity: Double,
    on canvas: CairoCanvas
  ) {
    guard let mask = DotMask(points, diameter: diameter, in: area, resolution: SVGPainter.resolution),
      let file = ImageSurface(mask)?.png
    else { return }
    maskCount += 1
    mark(mask.area, on: canvas)
    insertions.append(
      .mask(
        file, number: maskCount, area: mask.area, color: color, opacity: SVGText.hundredths(opacity)))
  }

  /// Draws what the next insertion takes the place of, so that Cairo clips it as it would the insertion.
  private func mark(_ area: Rectangle? = nil, on canvas: CairoCanvas) {
    let context = canvas.context
    let (red, green, blue) = SentinelColors.components(insertion: insertions.count)
    cairo_set_source_rgb(context, red, green, blue)
    if let area {
      canvas.add(area)
    } else {
      var (left, top, right, bottom) = (0.0, 0.0, 0.0, 0.0)
      cairo_clip_extents(context, &left, &top, &right, &bottom)
      cairo_rectangle(context, (left + right) / 2, (top + bottom) / 2, 1e-2, 1e-2)
    }
    cairo_fill(context)
  }
}
