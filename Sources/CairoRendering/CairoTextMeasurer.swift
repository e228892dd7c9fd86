import Plotting

/// The extents of text in DejaVu Sans, the font of all figures.
public struct CairoTextMeasurer: TextMeasurer {
  let font: FontFile

  /// Loads the font file.
  public init() throws(RenderingError) { font = try FontFile.shared.get() }

  init(font: FontFile) { self.font = font }

  /// How far a text advances.
  public func width(of text: String, size: Double) -> Double { font.advance(of: text, size: size) }
  /// How far letters rise above the baseline.
  public func ascent(size: Double) -> Double { font.ascent(size: size) }
  /// How far letters reach below the baseline.
  public func descent(size: Double) -> Double { font.descent(size: size) }
}
