import Plotting

extension PlotGrid {
  /// The filters of a convolution side by side, all on one scale; blue is negative, orange positive, or all in gray.
  public static func filters(
    _ filters: [[[Double]]], columns: Int = 8, isGray: Bool = false
  ) -> PlotGrid {
    let finite = filters.flatMap { $0.flatMap(\.self) }.filter { $0.magnitude < 1e150 }
    let reach = max(finite.map(\.magnitude).max() ?? 0, 1e-300)
    let range = (finite.min() ?? 0)...(finite.max() ?? 0)
    let plots = filters.map { rows in
      var color = ColorAxis.diverging("weight", limits: -reach...reach)
      color.isShown = false
      return Plot(x: .hidden(), y: .hidden().reversed(), color: color, aspect: 1) {
        if isGray {
          ImageMark(gray: rows, range: range, isInverted: true)
        } else {
          HeatMapMark(values: rows)
        }
      }
    }
    return PlotGrid(columns: max(min(columns, plots.count), 1), plots: plots, ratio: 1, leastWidth: 0.5)
  }
}

extension ResultView {
  /// The filters of a convolution.
  static let filters = ResultView(
    name: "filters", help: "The filters of a convolution as pictures.",
    example: {
      var numbers = ExampleNumbers(84)
      let filters = (0..<16).map { index in
        (0..<5).map { row in
          zip(0..<5, numbers.normal(5, deviation: 0.12)).map { column, noise -> Double in
            let (x, y) = (Double(column) - 2, Double(row) - 2)
            let along = [x, y, x + y, x - y][index % 4]
            let size: Double = index < 8 ? 1 : -1
            return size * along / (1.5 + 0.4 * (x * x + y * y)) + noise
          }
        }
      }
      return .grid(.filters(filters))
    })
}
