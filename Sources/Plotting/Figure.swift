/// A figure as a value: one plot, several, or a diagram.
public enum Figure: Codable, Hashable, Sendable {
  /// One plot.
  case plot(Plot)
  /// Plots side by side.
  case grid(PlotGrid)
  /// Nodes and arrows.
  case diagram(Diagram)

  /// The size unless the page asks for another, in inches.
  public var size: FigureSize {
    switch self {
    case .plot(let plot): plot.size
    case .grid(let grid): grid.size
    case .diagram: size(fitting: 6.4)
    }
  }

  /// The size at a width in inches: narrow figures, as on phones, are relatively higher, and the plots of a
  /// grid stand below each other where they have no room side by side.
  ///
  /// A diagram is as large as what it holds; its exact size is that of its drawing.
  public func size(fitting width: Double) -> FigureSize {
    switch self {
    case .plot(let plot):
      let ratio = plot.size.height / max(plot.size.width, 0.1)
      return FigureSize(width: width, height: width * (width < 4.5 ? max(ratio, 0.76) : ratio))
    case .grid(let grid): return grid.size(fitting: width)
    case .diagram(let diagram):
      let layout = DiagramLayout(diagram, setter: Typesetter(measurer: FixedRatioMeasurer()))
      let drawing = layout.drawing(within: width * 72)
      return FigureSize(width: drawing.width / 72, height: drawing.height / 72)
    }
  }

  /// The plots in their order.
  public var plots: [Plot] {
    switch self {
    case .plot(let plot): [plot]
    case .grid(let grid): grid.plots
    case .diagram: []
    }
  }

  /// The title over the whole figure.
  public var title: String? {
    switch self {
    case .plot(let plot): plot.title
    case .grid(let grid): grid.title
    case .diagram: nil
    }
  }
}
