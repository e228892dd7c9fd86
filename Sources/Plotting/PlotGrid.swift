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

  /// How many plots really stand in a row.
  var columnCount: Int { max(1, min(columns, max(plots.count, 1))) }

  /// How many rows there are.
  var rowCount: Int { max(1, (plots.count + columnCount - 1) / columnCount) }

  /// The width of the text for up to two columns, more for more; plots keep a ratio of about 4 to 3.
  public var size: FigureSize {
    let width = columnCount <= 2 ? 6.4 : min(2.6 * Double(columnCount), 10.4)
    let height = Double(rowCount) * width / Double(columnCount) * 0.76
    return FigureSize(width: width, height: height + (title == nil ? 0 : 0.3))
  }
}
