import Plotting

extension PlotGrid {
  /// Columns against each other, at most the first five, in the colors of classes; on the diagonal the density of each
  /// class, or without classes the histogram.
  ///
  /// Classes are numbers into their names. Of more than `most` examples evenly many are shown; densities take all.
  /// Ticks and labels stand only below the last row and left of the first column.
  public static func pairPlot(
    _ columns: [[Double]], names: [String] = [], classes: [Int] = [], classNames: [String] = [],
    most: Int = 300
  ) -> PlotGrid {
    let columns = Array(columns.prefix(5))
    let table = PairTable(
      columns: columns, names: distinctNames(names, count: columns.count), classes: classes,
      classNames: classNames, most: max(most, 1))
    let plots = columns.indices.flatMap { row in columns.indices.map { table.plot(row: row, column: $0) } }
    return PlotGrid(
      columns: max(columns.count, 1), plots: plots, ratio: 1.1, leastWidth: 0.3,
      hasEqualPanels: true)
  }
}

/// Columns with what their panels share: ends, ticks and groups of examples.
private struct PairTable {
  /// Examples of one color.
  private struct Group {
    var name: String?
    var color: Color
    var symbol: PointMark.Symbol
    var rows: [Int]
    var shown: [Int]
  }

  private let columns: [[Double]]
  private let names: [String]
  private let groups: [Group]
  private let scales: [LinearScale]

  init(columns: [[Double]], names: [String], classes: [Int], classNames: [String], most: Int) {
    self.columns = columns
    self.names = names.map { shortened($0, to: 22) }
    let count = columns.map(\.count).min() ?? 0
    let step = max(1, (count + most - 1) / most)
    func group(_ name: String?, _ number: Int, _ rows: [Int]) -> Group {
      let symbols: [PointMark.Symbol] = [.disk, .triangle, .square, .diamond]
      return Group(
        name: name, color: .series(number), symbol: symbols[number % symbols.count], rows: rows,
        shown: rows.filter { $0 % step == 0 })
    }
    groups =
      classNames.isEmpty
      ? [group(nil, 0, Array(0..<count))]
      : classNames.enumerated().map { number, name in
        group(name, number, (0..<min(count, classes.count)).filter { classes[$0] == number })
      }
    scales = columns.map { values in
      let finite = values.filter { $0.magnitude < 1e150 }
      let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
      let room = high > low ? 0.08 * (high - low) : max(low.magnitude / 2, 1)
      return LinearScale(domain: (low - room)...(high + room))
    }
  }

  func plot(row: Int, column: Int) -> Plot {
    let isLast = row == columns.count - 1
    let isDiagonal = row == column
    var y = axis(row, isLabeled: column == 0)
    if isDiagonal {
      // Densities have a height of their own, which no number tells.
      y = .linear(column == 0 ? names[row] : "").marked([]).withoutGrid()
    }
    return Plot(
      x: axis(column, isLabeled: isLast), y: y, legend: .above, size: FigureSize(width: 3, height: 3)
    ) {
      for group in groups {
        if isDiagonal {
          diagonal(group, columns[column])
        } else {
          PointMark(
            x: group.shown.map { columns[column][$0] }, y: group.shown.map { columns[row][$0] },
            series: group.name, size: 2.6, color: group.color, symbol: group.symbol)
        }
      }
    }
  }

  private func diagonal(_ group: Group, _ values: [Double]) -> any Mark {
    let own = group.rows.map { values[$0] }
    return group.name == nil
      ? HistogramMark(of: own, color: group.color) : DensityMark(of: own, color: group.color)
  }

  /// The axis of a column with the same ticks in every panel, written only where it is labeled.
  private func axis(_ column: Int, isLabeled: Bool) -> Plot.Axis {
    let ticks = scales[column].ticks(about: 3).major
    return .linear(isLabeled ? names[column] : "", limits: scales[column].domain)
      .marked(ticks.map { ($0.value, isLabeled ? $0.label : "") })
  }
}

extension ResultView {
  /// The first features against each other.
  static let pairPlot = ResultView(
    name: "pair-plot", help: "The first features against each other, by class.", needs: [.manyFeatures(2)],
    example: {
      var numbers = ExampleNumbers(72)
      let classes = (0..<150).map { $0 / 50 }
      let columns = [(5.0, 0.8, 0.35), (3.4, -0.3, 0.33), (1.5, 2.0, 0.4), (0.3, 0.9, 0.2)].map { shape in
        zip(classes, numbers.normal(150)).map { shape.0 + shape.1 * Double($0) + shape.2 * $1 }
      }
      return .grid(
        .pairPlot(
          columns, names: ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"],
          classes: classes, classNames: ["setosa", "versicolor", "virginica"]))
    }
  ) { result in
    let data = result.experiment.data
    let (columns, names) = data.featureColumns
    guard ViewNeed.manyFeatures(2).isMet(by: result.experiment) else { return nil }
    let grid = PlotGrid.pairPlot(
      columns, names: names, classes: data.classes ?? [], classNames: data.classNames ?? [])
    let which = columns.count > 5 ? "The first five features" : "All features"
    let diagonal = data.classes == nil ? "histograms" : "the density of each class"
    return .figure(
      .grid(grid), caption: "\(which) against each other; on the diagonal \(diagonal).")
  }
}
