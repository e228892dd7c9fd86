import Plotting

extension Figure {
  /// The figure as a PDF file: laid out at a size, nil for its own, and drawn.
  ///
  /// The subject is the figure's alternative text unless one is given, the date the first day of 1970.
  public func pdf(
    title: String? = nil, author: String? = nil, subject: String? = nil, date: String? = nil,
    size: FigureSize? = nil, theme: Theme = .standard, order: SeriesOrder = SeriesOrder(),
    palette: Palette = .light
  ) throws -> [UInt8] {
    let renderer = try PDFRenderer()
    let metadata = PDFRenderer.Metadata(
      title: title ?? plainTitle, author: author, subject: subject ?? alternativeText, date: date)
    return try renderer.render(
      drawing(size: size, theme: theme, order: order), metadata: metadata, palette: palette)
  }

  /// The figure as a PNG file: laid out at a size, nil for its own, and drawn.
  public func png(
    dotsPerInch: Double = 200, background: PNGRenderer.Background = .page, size: FigureSize? = nil,
    theme: Theme = .standard, order: SeriesOrder = SeriesOrder(), palette: Palette = .light
  ) throws -> [UInt8] {
    try PNGRenderer().render(
      drawing(size: size, theme: theme, order: order), dotsPerInch: dotsPerInch, background: background,
      palette: palette)
  }

  /// The title in one line of plain text.
  var plainTitle: String { title.map { Label($0).plain } ?? "Figure" }

  /// The figure laid out in the font of all figures.
  private func drawing(size: FigureSize?, theme: Theme, order: SeriesOrder) throws -> Drawing {
    try CanvasSize.check(size ?? self.size)
    return PlotLayout(theme: theme, measurer: try CairoTextMeasurer(), order: order)
      .drawing(of: self, size: size)
  }
}
