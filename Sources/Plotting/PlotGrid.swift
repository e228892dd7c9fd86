/// Plots side by side, in rows from the left, with their panels aligned.
public struct PlotGrid: Codable, Hashable, Sendable {
  /// The title above all plots.
  public var title: String?
  /// How many plots stand in a row.
  public var columns: Int
  /// The plots, row by row.
  public var plots: [Plot]

  /// Plots in rows.
  public init(title: String? = nil, columns: Int, plots: [Plot]) {
    self.title = title
    self.columns = columns
    self.plots = plots
  }

  /// The columns that fit a width in inches: on a phone plots stand below each other.
  func columnCount(fitting width: Double) -> Int { max(1, min(columnCount, Int(width / 1.75))) }

  /// How many plots really stand in a row.
  var columnCount: Int { max(1, min(columns, max(plots.count, 1))) }

  /// The width of the text, so that letters keep their size in print; plots keep a ratio of about 4 to 3.
  public var size: FigureSize { size(fitting: 6.4) }

  /// The size at a width in inches, with as many columns as fit.
  func size(fitting width: Double) -> FigureSize {
    let columns = columnCount(fitting: width)
    let rows = max(1, (plots.count + columns - 1) / columns)
    let height = Double(rows) * width / Double(columns) * 0.76
    return FigureSize(width: width, height: height + (title == nil ? 0 : 0.3))
  }
}
