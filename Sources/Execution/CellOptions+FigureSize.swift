import Documents
import Plotting

extension CellOptions {
  /// The size of a figure by `fig-width` and `fig-height`; nil if neither is given.
  ///
  /// With a width alone the figure keeps its ratio.
  func size(of figure: Figure) -> FigureSize? {
    guard figureWidth != nil || figureHeight != nil else { return nil }
    let natural = figureWidth.map { figure.size(fitting: $0) } ?? figure.size
    return FigureSize(width: natural.width, height: figureHeight ?? natural.height)
  }
}
