import CCairo
import Plotting

/// Draws drawings as PNG files of any resolution.
///
/// The same drawing gives the same bytes. May be used by several threads.
public struct PNGRenderer: Sendable {
  /// What lies behind a figure.
  public enum Background: Hashable, Sendable {
    /// Nothing.
    case transparent
    /// The background of the palette: white or nearly black.
    case page
  }

  private let font: FontFile

  /// Loads the font of all figures.
  public init() throws(RenderingError) { font = try FontFile.shared.get() }

  /// The drawing as a file with so many pixels an inch.
  public func render(
    _ drawing: Drawing, dotsPerInch: Double = 200, background: Background = .page, palette: Palette = .light
  ) throws(RenderingError) -> [UInt8] {
    let (width, height) = try CanvasSize.pixels(of: drawing, dotsPerInch: dotsPerInch)
    let format = background == .transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24
    guard let image = ImageSurface(width: width, height: height, format: format),
      let context = cairo_create(image.pointer)
    else { throw RenderingError(CAIRO_STATUS_NO_MEMORY) }
    defer { cairo_destroy(context) }
    let scale = dotsPerInch / 72
    font.use(on: context) {
      let painter = DirectPainter(font: font, resolution: scale)
      let canvas = CairoCanvas(context: context, painter: painter, color: palette.fractions)
      if background == .page {
        canvas.set(.background, opacity: 1)
        cairo_paint(context)
      }
      cairo_scale(context, scale, scale)
      canvas.draw(drawing)
    }
    let status = cairo_status(context)
    guard status == CAIRO_STATUS_SUCCESS else { throw RenderingError(status) }
    guard let bytes = image.png else { throw RenderingError(cairo_surface_status(image.pointer)) }
    return bytes
  }
}
