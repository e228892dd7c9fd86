import Components
import Plotting

/// How figures of several results stand together.
public enum FigureLayout: String, NamedChoice {
  /// In the same panels.
  case overlay
  /// A panel each.
  case panels
  /// One behind the other, to choose from.
  case tabs
}

extension Figure {
  /// More lines than this are told apart better in panels.
  private static var mostOverlaid: Int { 8 }

  /// Figures of one kind together: over each other if each is one line or one cloud, otherwise in panels with the same
  /// axes.
  static func arranged(_ parts: [(name: String, figure: Figure)]) -> Figure? {
    guard parts.count > 1 else { return parts.first?.figure }
    let areSingle = parts.allSatisfy { part in
      part.figure.plots.allSatisfy { plot in
        Set(plot.marks.compactMap { ($0 as? any SeriesMark)?.series }).count <= 1
          && !plot.marks.contains { $0 is BandMark }
      }
    }
    if areSingle, parts.count <= mostOverlaid, let overlaid = overlaid(parts) { return overlaid }
    let panels = panels(parts)
    guard case .grid(var grid)? = panels else { return panels }
    // Plots of one kind can be read against each other, on axes of the same kind.
    if parts.allSatisfy({ $0.figure.plots.count == 1 }) {
      grid.sharesX = Set(grid.plots.map(\.x.kind)).count == 1
      grid.sharesY = Set(grid.plots.map(\.y.kind)).count == 1
    }
    return .grid(grid)
  }

  /// Figures side by side, their names above.
  public static func panels(_ parts: [(name: String, figure: Figure)]) -> Figure? {
    guard let first = parts.first?.figure else { return nil }
    if parts.contains(where: { if case .diagram = $0.figure { true } else { false } }) { return first }
    let plots = parts.flatMap { name, figure in
      figure.plots.map { plot in
        var plot = plot
        plot.title = figure.plots.count > 1 ? plot.title.map { "\(name): \($0)" } ?? name : name
        return plot
      }
    }
    let columns = min(2, max(first.plots.count == 1 ? 2 : first.plots.count, 1))
    return .grid(PlotGrid(columns: columns, plots: plots))
  }
}
