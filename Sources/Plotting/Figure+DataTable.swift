extension Figure {
  /// All data of the figure.
  ///
  /// Series over the same horizontal values share rows; otherwise each row names its series.
  public var dataTable: Table {
    switch self {
    case .diagram(let diagram): return diagram.dataTable
    case .plot(let plot): return PlotTable(plot).wide ?? FigureTable(plots: [plot]).long
    case .grid(let grid):
      return grid.plots.count == 1
        ? PlotTable(grid.plots[0]).wide ?? FigureTable(plots: grid.plots).long
        : FigureTable(plots: grid.plots).long
    }
  }
}

/// The data of one plot as a table with a column for each series.
private struct PlotTable {
  private let plot: Plot
  private let marks: [any Mark]

  init(_ plot: Plot) {
    self.plot = plot
    marks = plot.marks.filter { !($0 is RuleMark) }
  }

  /// The table, if all marks have the same horizontal values.
  var wide: Table? {
    guard let first = marks.first?.data else { return nil }
    let keys =
      first.categories.isEmpty ? first.x.map { Table.Cell.real($0) } : first.categories.map { .text($0) }
    let areAlike = marks.allSatisfy { $0.data.x == first.x && $0.data.categories == first.categories }
    guard areAlike, !keys.isEmpty else { return nil }
    var columns = [Table.Column(Label(plot.x.label).plain)]
    var values: [[Double]] = []
    for mark in marks {
      let name = Label(mark.series ?? plot.y.label).plain
      for (suffix, column) in [("", mark.data.y), (" lower", mark.data.lower), (" upper", mark.data.upper)]
      where !column.isEmpty {
        columns.append(.init(name + suffix))
        values.append(column)
      }
    }
    let rows = keys.indices.map { index in
      [keys[index]] + values.map { index < $0.count ? Table.Cell.real($0[index]) : .missing }
    }
    return Table(columns: columns, rows: rows)
  }
}

/// The data of several plots as a table with a row for each value.
private struct FigureTable {
  let plots: [Plot]

  var long: Table {
    let marks = plots.flatMap(\.marks).filter { !($0 is RuleMark) }
    let hasInterval = marks.contains { !$0.data.lower.isEmpty }
    let first = plots.first.map { (x: $0.x.label, y: $0.y.label) } ?? (x: "x", y: "y")
    let hasOneX = plots.allSatisfy { $0.x.label == first.x }
    let hasOneY = plots.allSatisfy { $0.y.label == first.y }
    var columns = plots.count > 1 ? [Table.Column("plot")] : []
    columns += ["series", hasOneX ? Label(first.x).plain : "x", hasOneY ? Label(first.y).plain : "y"].map {
      .init($0)
    }
    if hasInterval { columns += [.init("lower"), .init("upper")] }
    var rows: [[Table.Cell]] = []
    for (index, plot) in plots.enumerated() {
      let name = plot.title.map { Label($0).plain } ?? (hasOneX ? "\(index + 1)" : Label(plot.x.label).plain)
      for mark in plot.marks where !(mark is RuleMark) {
        rows += self.rows(of: mark, hasInterval: hasInterval).map {
          (plots.count > 1 ? [.text(name)] : []) + $0
        }
      }
    }
    return Table(columns: columns, rows: rows)
  }

  private func rows(of mark: any Mark, hasInterval: Bool) -> [[Table.Cell]] {
    let data = mark.data
    let keys =
      data.categories.isEmpty ? data.x.map { Table.Cell.real($0) } : data.categories.map { .text($0) }
    func cell(_ column: [Double], _ index: Int) -> Table.Cell {
      index < column.count ? .real(column[index]) : .missing
    }
    return keys.indices.map { index in
      [.text(mark.series.map { Label($0).plain } ?? ""), keys[index], cell(data.y, index)]
        + (hasInterval ? [cell(data.lower, index), cell(data.upper, index)] : [])
    }
  }
}
