/// Plots side by side, in rows from the left, with their panels aligned.
public struct PlotGrid: Codable, Hashable, Sendable {
  /// The title above all plots.
  public var title: String?
  /// How many plots stand in a row.
  public var columns: Int
  /// The plots, row by row.
  public var plots: [Plot]
  /// Whether all plots have one horizontal axis, labeled below the last row.
  public var sharesX: Bool
  /// Whether all plots have one vertical axis, labeled left of the first column.
  public var sharesY: Bool
  /// The width of a plot divided by its height.
  public var ratio: Double
  /// The least width of a plot in inches: on narrow pages fewer plots stand in a row.
  public var leastWidth: Double
  /// Whether all panels have one size, as in a table of panels: those at the edge get more room for labels.
  public var hasEqualPanels: Bool

  /// Plots in rows.
  public init(
    title: String? = nil, columns: Int, plots: [Plot], sharesX: Bool = false, sharesY: Bool = false,
    ratio: Double = 1.3, leastWidth: Double = 1.75, hasEqualPanels: Bool = false
  ) {
    self.title = title
    self.columns = columns
    self.plots = plots
    self.sharesX = sharesX
    self.sharesY = sharesY
    self.hasEqualPanels = hasEqualPanels
    self.leastWidth = leastWidth.isFinite ? max(leastWidth, 0.3) : 1.75
    self.ratio = ratio.isFinite ? min(max(ratio, 0.2), 5) : 1.3
  }

  /// A plot for each name, in rows as long as fit, with shared axes and the names as titles.
  public static func wrapped(
    title: String? = nil, _ names: [String], columns: Int = 3, sharesX: Bool = true, sharesY: Bool = true,
    plot: (String) throws -> Plot
  ) rethrows -> PlotGrid {
    let plots = try names.map { name in
      var plot = try plot(name)
      plot.title = plot.title ?? name
      return plot
    }
    return PlotGrid(title: title, columns: columns, plots: plots, sharesX: sharesX, sharesY: sharesY)
  }

  /// A plot for each pair of a row and a column, with shared axes and the pair as title.
  public static func crossed(
    title: String? = nil, rows: [String], columns: [String], sharesX: Bool = true, sharesY: Bool = true,
    plot: (_ row: String, _ column: String) throws -> Plot
  ) rethrows -> PlotGrid {
    let plots = try rows.flatMap { row in
      try columns.map { column in
        var plot = try plot(row, column)
        plot.title = plot.title ?? "\(row), \(column)"
        return plot
      }
    }
    return PlotGrid(
      title: title, columns: max(columns.count, 1), plots: plots, sharesX: sharesX, sharesY: sharesY)
  }

  /// The columns that fit a width in inches: on a phone plots stand below each other.
  func columnCount(fitting width: Double) -> Int {
    max(1, min(columnCount, Int(width / roomyWidth)))
  }

  /// The least width of a plot in inches: of many, two stand side by side even on a phone.
  private var roomyWidth: Double { plots.count >= 4 ? min(leastWidth, 1.6) : leastWidth }

  /// How many plots really stand in a row.
  var columnCount: Int { max(1, min(columns, max(plots.count, 1))) }

  /// The width of the text, so that letters keep their size in print; plots keep a ratio of about 4 to 3.
  public var size: FigureSize { size(fitting: 6.4) }

  /// The size at a width in inches, with as many columns as fit.
  func size(fitting width: Double) -> FigureSize {
    let columns = columnCount(fitting: width)
    let rows = max(1, (plots.count + columns - 1) / columns)
    let height = Double(rows) * width / Double(columns) / ratio
    return FigureSize(width: width, height: height + (title == nil ? 0 : 0.3))
  }
}
