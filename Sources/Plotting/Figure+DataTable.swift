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

extension Plot {
  /// The marks whose values a table shows.
  fileprivate var tabledMarks: [any Mark] { allMarks.filter { !($0 is RuleMark) && !($0 is ImageMark) } }
}

/// The data of one plot as a table with a column for each series.
private struct PlotTable {
  private let plot: Plot
  private let marks: [any Mark]

  init(_ plot: Plot) {
    self.plot = plot
    marks = plot.tabledMarks
  }

  /// The table, if all marks have the same horizontal values.
  var wide: Table? {
    guard let first = marks.first?.data, first.rows.isEmpty, plot.insets.isEmpty else { return nil }
    let keys = first.keys(on: plot.x)
    let areAlike = marks.allSatisfy {
      let data = $0.data
      return data.x == first.x && data.categories == first.categories && data.more.isEmpty
        && data.texts.isEmpty
    }
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

extension MarkData {
  /// The horizontal values as cells: names, dates or numbers.
  fileprivate func keys(on axis: Plot.Axis) -> [Table.Cell] {
    if !categories.isEmpty { return categories.map { .text($0) } }
    guard axis.kind == .time else { return x.map { .real($0) } }
    return x.map { .text(CalendarDate(secondsSince1970: $0).text) }
  }

  /// How many rows a table of the data has.
  fileprivate var count: Int {
    ([x.count, y.count, categories.count, rows.count] + more.map(\.values.count)).max() ?? 0
  }
}

/// The data of several plots as a table with a row for each value.
private struct FigureTable {
  let plots: [Plot]

  var long: Table {
    let plots = plots.flatMap { [$0] + $0.insets.flatMap(\.plots) }
    let all = plots.flatMap(\.tabledMarks).map(\.data)
    let hasInterval = all.contains { !$0.lower.isEmpty }
    let hasTexts = all.contains { !$0.texts.isEmpty }
    let hasSeries = plots.flatMap(\.tabledMarks).contains { $0.series != nil }
    var names: [String] = []
    for name in all.flatMap({ $0.more.map(\.name) }) where !names.contains(name) { names.append(name) }
    let first = plots.first.map { (x: $0.x.label, y: $0.y.label) } ?? (x: "x", y: "y")
    let hasOneX = plots.allSatisfy { $0.x.label == first.x } && !first.x.isEmpty
    let hasOneY = plots.allSatisfy { $0.y.label == first.y } && !first.y.isEmpty
    var titles = plots.count > 1 ? ["plot"] : []
    titles += hasSeries ? ["series"] : []
    titles += [hasOneX ? Label(first.x).plain : "x", hasOneY ? Label(first.y).plain : "y"]
    titles += hasInterval ? ["lower", "upper"] : []
    titles += names + (hasTexts ? ["text"] : [])
    var rows: [[Table.Cell]] = []
    for (index, plot) in plots.enumerated() {
      let name = plot.title.map { Label($0).plain } ?? (hasOneX ? "\(index + 1)" : Label(plot.x.label).plain)
      for mark in plot.tabledMarks {
        let data = mark.data
        let keys = data.keys(on: plot.x)
        for row in 0..<data.count {
          func cell(_ column: [Double]) -> Table.Cell {
            row < column.count ? .real(column[row]) : .missing
          }
          var cells: [Table.Cell] = plots.count > 1 ? [.text(name)] : []
          if hasSeries { cells.append(.text(mark.series.map { Label($0).plain } ?? "")) }
          cells.append(row < keys.count ? keys[row] : .missing)
          cells.append(row < data.rows.count ? .text(data.rows[row]) : cell(data.y))
          if hasInterval { cells += [cell(data.lower), cell(data.upper)] }
          cells += names.map { name in cell(data.more.first { $0.name == name }?.values ?? []) }
          if hasTexts { cells.append(.text(row < data.texts.count ? Label(data.texts[row]).plain : "")) }
          rows.append(cells)
        }
      }
    }
    return Table(columns: titles.map { .init($0) }, rows: rows)
  }
}
