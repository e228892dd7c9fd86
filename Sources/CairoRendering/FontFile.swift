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
  private var glyphs: [Unicode.Scalar: Glyph] = [:]
  private var advances = AdvanceTable()
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

  /// The advance of a text at a size.
  func advance(of text: String, size: Double) -> Double {
    lock.withLock { advances.advance(of: text) ?? setting(text).reduce(0) { $0 + $1.advance } } * size
  }

  /// The glyphs of a text from the left, without the lock: for closures of `use`.
  func glyphsInUse(of text: String) -> [Glyph] { setting(text) }

  /// The glyphs of a text from the left.
  func glyphs(of text: String) -> [Glyph] { lock.withLock { setting(text) } }

  /// The height of letters above the baseline at a size.
  func ascent(size: Double) -> Double { ascentShare * size }

  /// The depth of letters below the baseline at a size.
  func descent(size: Double) -> Double { descentShare * size }

  // MARK: Glyphs

  private func setting(_ text: String) -> [Glyph] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.unicodeScalars.map(glyph) }
    return TextOrder.visual(text).flatMap(glyphs(of:))
  }

  /// The glyphs of what readers take for one character: a box for all of it if its base has none.
  private func glyphs(of character: Character) -> [Glyph] {
    let glyphs = character.unicodeScalars.map(glyph)
    guard let first = glyphs.first else { return [] }
    return first.isMissing ? [first] : glyphs.filter { !$0.isMissing }
  }

  private func glyph(of scalar: Unicode.Scalar) -> Glyph {
    if let known = glyphs[scalar] { return known }
    let glyph = loaded(scalar)
    glyphs[scalar] = glyph
    if glyph.scalar == scalar { advances.set(glyph.advance, of: scalar) }
    return glyph
  }

  private func loaded(_ scalar: Unicode.Scalar) -> Glyph {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return glyph(of: " ")
    case .format: return Glyph(scalar: scalar, index: nil, advance: 0, path: "")
    default: break
    }
    let index = UInt(FT_Get_Char_Index(face, UInt(scalar.value)))
    if index == 0 {
      // Marks and selectors that the font lacks leave their base as it is.
      let isMark = scalar.properties.canonicalCombiningClass != .notReordered
      let isSelector = scalar.properties.isVariationSelector || scalar.properties.isEmojiModifier
      return isMark || isSelector
        ? Glyph(scalar: scalar, index: nil, advance: 0, path: "") : Glyph(missing: scalar)
    }
    var extents = cairo_text_extents_t()
    var place = cairo_glyph_t(index: index, x: 0, y: 0)
    cairo_scaled_font_glyph_extents(scaled, &place, 1, &extents)
    return Glyph(
      scalar: scalar, index: index, advance: extents.x_advance / measuredSize,
      path: GlyphOutline.path(of: index, face: cairoFace, options: FontFile.options()))
  }

  deinit {
    cairo_scaled_font_destroy(scaled)
    cairo_font_face_destroy(cairoFace)
    // The face stays: Cairo keeps a reference in its cache of scaled fonts.
  }
}
