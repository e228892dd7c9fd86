import Plotting

extension Figure {
  /// The figure as an `svg` element: laid out at a size, nil for its own, and drawn.
  ///
  /// The description is the figure's alternative text unless one is given.
  public func svg(
    id: String, title: String? = nil, description: String? = nil, size: FigureSize? = nil,
    theme: Theme = .standard, order: SeriesOrder = SeriesOrder()
  ) throws -> String {
    try CanvasSize.check(size ?? self.size)
    let renderer = try SVGRenderer()
    let layout = PlotLayout(theme: theme, measurer: renderer.measurer, order: order)
    return renderer.render(
      layout.drawing(of: self, size: size), id: id,
      title: title ?? plainTitle,
      description: description ?? alternativeText)
  }
}
