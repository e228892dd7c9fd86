import Plotting

extension Plot {
  /// The filters of a convolution in rows, by default twice as wide as high, all on one scale; blue is negative, orange positive, or all in gray.
  public static func filters(
    _ filters: [[[Double]]], columns: Int? = nil, isGray: Bool = false, label: String = "weight"
  ) -> Plot {
    let pixels = PlotGrid.mosaic(
      filters, columns: columns ?? Int(Double(2 * filters.count).squareRoot().rounded(.up)))
    let ratio = Double(max(pixels.count, 1)) / Double(max(pixels.first?.count ?? 1, 1))
    return Plot(
      x: .hidden(), y: .hidden().reversed(),
      color: isGray ? ColorAxis(label, ramp: .gray) : .diverging(label),
      aspect: 1, size: FigureSize(width: 6.4, height: min(max(5.5 * ratio + 0.15, 1.4), 7))
    ) { HeatMapMark(values: pixels) }
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
      return .plot(.filters(filters))
    })
}
