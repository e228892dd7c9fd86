import CCairo
import Foundation

/// The font of all figures, loaded by its path, so that no configuration of the machine chooses another.
///
/// FreeType's faces must not be used by two threads at once: every use holds the lock.
final class FontFile: @unchecked Sendable {
  /// Where Debian's fonts-dejavu-core puts the font.
  static let standardPath = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

  /// The font that all renderers share: FreeType keeps a face for as long as the process runs.
  static let shared = Result { () throws(RenderingError) in try FontFile() }

  private let lock = NSLock()
  private let face: FT_Face
  private let cairoFace: OpaquePointer
  private let scaled: OpaquePointer
  // Extents are measured once at this size, then scaled: without hinting they are proportional.
  private let measuredSize = 100.0
  private var advances: [Unicode.Scalar: Double] = [:]
  private let ascentShare: Double
  private let descentShare: Double

  init(path: String = FontFile.standardPath) throws(RenderingError) {
    guard FileManager.default.fileExists(atPath: path) else { throw .missingFont(path: path) }
    var library: FT_Library?
    let started = FT_Init_FreeType(&library)
    guard started == 0, let library else { throw .noFreeType(code: Int(started)) }
    var face: FT_Face?
    let opened = FT_New_Face(library, path, 0, &face)
    guard opened == 0, let face,
      let cairoFace = cairo_ft_font_face_create_for_ft_face(face, FontFile.noHinting)
    else { throw .unreadableFont(path: path, code: Int(opened)) }
    self.face = face
    self.cairoFace = cairoFace
    var size = cairo_matrix_t()
    var identity = cairo_matrix_t()
    cairo_matrix_init_scale(&size, measuredSize, measuredSize)
    cairo_matrix_init_identity(&identity)
    let options = FontFile.options()
    defer { cairo_font_options_destroy(options) }
    guard let scaled = cairo_scaled_font_create(cairoFace, &size, &identity, options) else {
      throw .unreadableFont(path: path, code: 0)
    }
    self.scaled = scaled
    var extents = cairo_font_extents_t()
    cairo_scaled_font_extents(scaled, &extents)
    // The font's own extents include room for stacked accents; figures use what Latin and Greek letters need.
    ascentShare = min(extents.ascent / measuredSize, 0.78)
    descentShare = min(extents.descent / measuredSize, 0.24)
  }

  /// FT_LOAD_NO_HINTING.
  private static let noHinting: Int32 = 2

  /// Options under which outlines and advances do not depend on the size.
  private static func options() -> OpaquePointer? {
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    return options
  }

  /// Makes the font a canvas's font while a closure draws; other threads wait.
  func use<Result>(on context: OpaquePointer, _ draw: () -> Result) -> Result {
    lock.lock()
    defer { lock.unlock() }
    let options = FontFile.options()
    cairo_set_font_face(context, cairoFace)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    return draw()
  }

  /// Runs a closure while no other thread uses the font.
  func exclusively(_ body: () -> Void) {
    lock.lock()
    defer { lock.unlock() }
    body()
  }

  /// The advance of a text at a size, without the lock: for closures of `use`.
  func advanceInUse(of text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + advance(of: $1) } * size
  }

  /// The advance of a text at a size.
  func advance(of text: String, size: Double) -> Double {
    lock.lock()
    defer { lock.unlock() }
    return advanceInUse(of: text, size: size)
  }

  /// The height of letters above the baseline at a size.
  func ascent(size: Double) -> Double { ascentShare * size }

  /// The depth of letters below the baseline at a size.
  func descent(size: Double) -> Double { descentShare * size }

  /// Whether the font has a glyph for a character.
  func hasGlyph(for scalar: Unicode.Scalar) -> Bool {
    lock.lock()
    defer { lock.unlock() }
    return FT_Get_Char_Index(face, UInt(scalar.value)) != 0
  }

  private func advance(of scalar: Unicode.Scalar) -> Double {
    if let known = advances[scalar] { return known }
    var extents = cairo_text_extents_t()
    cairo_scaled_font_text_extents(scaled, String(scalar), &extents)
    advances[scalar] = extents.x_advance / measuredSize
    return extents.x_advance / measuredSize
  }

  deinit {
    cairo_scaled_font_destroy(scaled)
    cairo_font_face_destroy(cairoFace)
    // The face stays: Cairo keeps a reference in its cache of scaled fonts.
  }
}
