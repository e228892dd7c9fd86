import CCairo
import Foundation
import Plotting

/// Draws drawings as SVG to be inlined in a page: text as outlines, colors as custom properties of the page,
/// places that tell their values at the pointer.
///
/// The same drawing gives the same bytes. May be used by several threads.
public struct SVGRenderer: Sendable {
  private let font: FontFile

  /// Loads the font of all figures.
  public init() throws(RenderingError) { font = try FontFile.shared.get() }

  /// Loads another font file.
  package init(fontPath: String) throws(RenderingError) { font = try FontFile(path: fontPath) }

  /// The extents of text in the renderer's font.
  public var measurer: CairoTextMeasurer { CairoTextMeasurer(font: font) }

  /// The drawing as an `svg` element.
  ///
  /// `id` is the figure's label; all ids within begin with it. `title` and `description` are what readers
  /// hear who do not see the figure.
  public func render(_ drawing: Drawing, id: String, title: String, description: String) -> String {
    let document = SVGDocument(text: surfaceText(drawing), id: id)
    return document.inlined(drawing, title: title, description: description)
  }

  /// The characters of a drawing that the font lacks; they are drawn as boxes.
  public func missingCharacters(in drawing: Drawing) -> [Character] {
    var missing: [Character] = []
    for case .text(let text) in drawing.layers.flatMap(\.shapes).map(\.geometry) {
      for character in text.label.runs.map(\.text).joined()
      where !missing.contains(character)
        && character.unicodeScalars.contains(where: { !font.hasGlyph(for: $0) })
      {
        missing.append(character)
      }
    }
    return missing
  }

  /// What Cairo writes.
  private func surfaceText(_ drawing: Drawing) -> String {
    let buffer = Unmanaged.passRetained(Buffer())
    defer { buffer.release() }
    let surface = cairo_svg_surface_create_for_stream(
      { closure, bytes, count in
        guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
        let buffer = Unmanaged<Buffer>.fromOpaque(closure).takeUnretainedValue()
        buffer.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
      }, buffer.toOpaque(), drawing.width, drawing.height)
    if let context = cairo_create(surface) {
      CairoCanvas(context: context, font: font, color: SentinelColors.components).draw(drawing)
      cairo_destroy(context)
    }
    // Cairo writes the glyphs when the surface ends, and reads the font's face for them.
    font.exclusively { cairo_surface_finish(surface) }
    cairo_surface_destroy(surface)
    return String(decoding: buffer.takeUnretainedValue().bytes, as: UTF8.self)
  }

  private final class Buffer {
    var bytes: [UInt8] = []
  }
}
