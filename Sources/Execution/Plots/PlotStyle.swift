import Components
import Experiments
import Plotting

/// What a `{plot}` cell changes about a figure: titles, axes, size and theme.
struct PlotStyle: Sendable {
  /// The way from values to places.
  enum Scale: String, NamedChoice {
    case linear, log, symlog, sqrt, time

    func axis(like axis: Plot.Axis) -> Plot.Axis {
      var changed = axis
      switch self {
      case .linear: changed.kind = .linear
      case .log: changed.kind = .log
      case .symlog: changed.kind = .symlog(threshold: nil)
      case .sqrt: changed.kind = .power(exponent: 0.5)
      case .time: changed.kind = .time
      }
      return changed
    }
  }

  /// The sizes of text and lines.
  enum ThemeChoice: String, NamedChoice {
    case standard, presentation, plain

    var theme: Theme {
      switch self {
      case .standard: .standard
      case .presentation: .presentation
      case .plain: .plain
      }
    }
  }

  /// Where the names of series stand.
  enum LegendChoice: String, NamedChoice {
    case automatic, inside, above, right, hidden

    var place: Plot.LegendPlace {
      switch self {
      case .automatic: .automatic
      case .inside: .inside
      case .above: .above
      case .right: .right
      case .hidden: .hidden
      }
    }
  }

  var title: String?
  var xLabel: String?
  var yLabel: String?
  var xScale: Scale?
  var yScale: Scale?
  var limits: AxisLimits?
  var size: FigureSize?
  var theme: ThemeChoice?
  var legend: LegendChoice?

  init(_ arguments: Arguments) {
    title = arguments[PlotKeys.title]
    xLabel = arguments[PlotKeys.xLabel]
    yLabel = arguments[PlotKeys.yLabel]
    xScale = arguments[PlotKeys.xScale]
    yScale = arguments[PlotKeys.yScale]
    limits = arguments[PlotKeys.limits]
    size = arguments[PlotKeys.size].map { FigureSize(width: $0[0], height: $0[1]) }
    theme = arguments[PlotKeys.theme]
    legend = arguments[PlotKeys.legend]
  }

  /// The figure with everything that the author changes.
  func applied(to figure: Figure) -> Figure {
    switch figure {
    case .diagram: return figure
    case .plot(let plot):
      var changed = applied(to: plot)
      changed.title = title ?? plot.title
      return .plot(changed)
    case .grid(var grid):
      grid.plots = grid.plots.map(applied)
      grid.title = title ?? grid.title
      return .grid(grid)
    }
  }

  private func applied(to plot: Plot) -> Plot {
    var plot = plot
    if let xScale { plot.x = xScale.axis(like: plot.x) }
    if let yScale { plot.y = yScale.axis(like: plot.y) }
    if let x = limits?.x { plot.x.limits = x }
    if let y = limits?.y { plot.y.limits = y }
    if let xLabel { plot.x.label = xLabel }
    if let yLabel { plot.y.label = yLabel }
    if let size { plot.size = size }
    if let legend { plot.legend = legend.place }
    return plot
  }

  /// Checks that scales and limits are asked of axes of numbers.
  func check(_ source: PlotRequest.Source, _ arguments: Arguments) throws {
    let plots: [Plot]
    switch source {
    case .results(_, let kind, _): plots = ResultView.named(kind)?.example?().plots ?? []
    case .file(let columns): plots = [columns.plot]
    case .values: return
    }
    let hasNames = (
      x: plots.contains { $0.x.kind == .categories }, y: plots.contains { $0.y.kind == .categories }
    )
    let asked = [
      ("x-scale", hasNames.x), ("y-scale", hasNames.y), ("limits", hasNames.x && limits?.x != nil),
      ("limits", hasNames.y && limits?.y != nil),
    ]
    for (key, isOfNames) in asked where isOfNames {
      guard let node = arguments.given[key] else { continue }
      throw Problem(ExecutionError.axisOfNames(key: key), at: node.position)
    }
    if let limits, let node = arguments.given["limits"] {
      for (ends, scale) in [(limits.x, xScale), (limits.y, yScale)] where scale == .log {
        guard let ends, ends.lowerBound <= 0 else { continue }
        throw Problem(
          ExecutionError.limitsWithoutLogarithm(lower: ends.lowerBound.recipeText), at: node.position)
      }
    }
  }
}
