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

  /// The drawing as an `svg` element that needs nothing else.
  ///
  /// `id` is the figure's label; all ids within begin with it. `title` and `description` are what readers
  /// hear who do not see the figure.
  public func render(_ drawing: Drawing, id: String, title: String, description: String) -> String {
    let painter = SVGPainter(font: font, glyphPrefix: id + "-")
    return text(
      of: drawing, id: id, title: title, description: description, painter: painter, ownGlyphs: true)
  }

  /// The drawing as an `svg` element whose letters are on a sheet that the page holds once.
  public func render(
    _ drawing: Drawing, id: String, title: String, description: String, sharing sheet: inout GlyphSheet
  ) -> String {
    let painter = SVGPainter(font: font, glyphPrefix: "")
    let text = text(
      of: drawing, id: id, title: title, description: description, painter: painter, ownGlyphs: false)
    sheet.add(painter.sheet)
    return text
  }

  /// The characters of a drawing that the font lacks; they are drawn as boxes.
  public func missingCharacters(in drawing: Drawing) -> [Character] {
    var missing: [Character] = []
    for layer in drawing.layers {
      for case .text(let text) in layer.shapes.map(\.geometry) {
        for run in text.label.runs where !run.text.utf8.allSatisfy({ $0 < 0x80 }) {
          for character in run.text where font.glyphs(of: String(character)).contains(where: \.isMissing) {
            if !missing.contains(character) { missing.append(character) }
          }
        }
      }
    }
    return missing
  }

  private func text(
    of drawing: Drawing, id: String, title: String, description: String, painter: SVGPainter, ownGlyphs: Bool
  ) -> String {
    let bytes = surfaceBytes(drawing, painter)
    return bytes.withUnsafeBytes { bytes in
      var document = SVGDocument(bytes, id: id, insertions: painter.insertions)
      let (definitions, body) = document.rewritten()
      var text = SVGText(capacity: body.bytes.count + 8192)
      text.append(headOf: drawing, id: id, title: title, description: description)
      if !definitions.bytes.isEmpty || ownGlyphs && !painter.sheet.isEmpty {
        text.append("<defs>\n")
        if ownGlyphs { painter.sheet.write(to: &text, prefix: id + "-") }
        text.append(definitions.bytes)
        text.append("</defs>\n")
      }
      text.append(body.bytes)
      text.append(drawing.hovers)
      text.append("</svg>\n")
      return text.string
    }
  }

  /// What Cairo writes.
  private func surfaceBytes(_ drawing: Drawing, _ painter: SVGPainter) -> [UInt8] {
    let stream = ByteStream()
    stream.read { write, closure in
      guard let surface = cairo_svg_surface_create_for_stream(write, closure, drawing.width, drawing.height)
      else { return }
      if let context = cairo_create(surface) {
        CairoCanvas(context: context, painter: painter, color: SentinelColors.components).draw(drawing)
        cairo_destroy(context)
      }
      cairo_surface_finish(surface)
      cairo_surface_destroy(surface)
    }
    return stream.bytes
  }
}

extension SVGText {
  /// The beginning of the element, with its title and description.
  fileprivate mutating func append(headOf drawing: Drawing, id: String, title: String, description: String) {
    append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lectern-figure\" viewBox=\"0 0 ")
    append(points: drawing.width, drawing.height)
    append("\" style=\"width:100%;max-width:")
    append(points: drawing.width)
    append("pt;height:auto\" role=\"img\" aria-labelledby=\"\(id)-title \(id)-desc\" fill=\"none\" ")
    append("stroke-linejoin=\"round\">\n<title id=\"\(id)-title\">")
    append(escaped: title)
    append("</title>\n<desc id=\"\(id)-desc\">")
    append(escaped: description)
    append("</desc>\n")
  }

  /// Places that tell their values at the pointer, to a tenth of a point.
  ///
  /// A short line with round ends is a disk in the fewest bytes.
  fileprivate mutating func append(_ hovers: [Hover]) {
    guard !hovers.isEmpty else { return }
    append("<g class=\"lectern-hover\" fill=\"transparent\" stroke=\"transparent\" stroke-linecap=\"round\" ")
    append("stroke-width=\"")
    append(points: 2 * Drawing.hoverRadius)
    append("\">")
    for hover in hovers {
      switch hover.area {
      case .near(let point):
        append("\n<path d=\"M")
        append(tenths: point.x, point.y)
        append("h.1\"><title>")
        append(escaped: hover.title)
        append("</title></path>")
      case .inside(let area):
        append("\n<path stroke=\"none\" d=\"M")
        append(tenths: area.x, area.y)
        append("h")
        append(tenths: area.width)
        append("v")
        append(tenths: area.height)
        append("h")
        append(tenths: -area.width)
        append("z\"><title>")
        append(escaped: hover.title)
        append("</title></path>")
      }
    }
    append("</g>\n")
  }

  private mutating func append(tenths x: Double, _ y: Double) {
    append(tenths: x)
    append(" ")
    append(tenths: y)
  }

  private mutating func append(tenths value: Double) {
    append(units: SVGText.hundredths(value / 10), decimals: 1)
  }
}
