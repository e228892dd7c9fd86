/// A figure as a value: one plot or several.
public enum Figure: Codable, Hashable, Sendable {
  /// One plot.
  case plot(Plot)
  /// Plots side by side.
  case grid(PlotGrid)

  /// The size unless the page asks for another, in inches.
  public var size: FigureSize {
    switch self {
    case .plot(let plot): plot.size
    case .grid(let grid): grid.size
    }
  }

  /// The plots in their order.
  public var plots: [Plot] {
    switch self {
    case .plot(let plot): [plot]
    case .grid(let grid): grid.plots
    }
  }

  /// The title over the whole figure.
  public var title: String? {
    switch self {
    case .plot(let plot): plot.title
    case .grid(let grid): grid.title
    }
  }
}
