import CairoRendering
import Execution
import Plotting

/// A figure as a page shows it.
package struct RenderedFigure: Sendable {
  /// The drawing for the text's width, as an `svg` element that names and describes itself.
  package var svg: String
  /// The drawing for phones and for columns; nil if the first one fits them too.
  package var narrowSVG: String?
  /// The letters that both drawings refer to.
  package var glyphs: GlyphSheet
  /// The data of the figure.
  package var data: Table
  /// The characters that the font lacks.
  package var missingCharacters: [Character]
  /// The figure as a PDF file.
  package var pdf: @Sendable () throws -> [UInt8]
  /// The figure as a PNG file.
  package var png: @Sendable () throws -> [UInt8]
  /// A small PNG file for an index of pages.
  package var thumbnail: @Sendable () throws -> [UInt8]

  /// A figure that brings its letters and has no files, unless more is said.
  package init(
    svg: String, narrowSVG: String? = nil, glyphs: GlyphSheet = GlyphSheet(), data: Table,
    missingCharacters: [Character] = [], pdf: @escaping @Sendable () throws -> [UInt8] = { [] },
    png: @escaping @Sendable () throws -> [UInt8] = { [] },
    thumbnail: @escaping @Sendable () throws -> [UInt8] = { [] }
  ) {
    self.thumbnail = thumbnail
    self.svg = svg
    self.narrowSVG = narrowSVG
    self.glyphs = glyphs
    self.data = data
    self.missingCharacters = missingCharacters
    self.pdf = pdf
    self.png = png
  }
}

/// Draws a figure; the id, unique on its page, begins all ids inside the drawings.
package typealias FigureRenderer = @Sendable (LabeledFigure, _ id: String) throws -> RenderedFigure
