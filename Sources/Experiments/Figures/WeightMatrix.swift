import Plotting

extension Plot {
  /// The weights of a dense layer, a row for each unit and a column for each input; blue is negative, orange positive.
  public static func weights(
    _ matrix: [[Double]], inputs: [String] = [], units: [String] = []
  ) -> Plot {
    let width = matrix.map(\.count).max() ?? 0
    let isNamed = !inputs.isEmpty || !units.isEmpty
    let ratio = Double(max(matrix.count, 1)) / Double(max(width, 1))
    let mark =
      isNamed
      ? HeatMapMark(
        values: matrix, columns: distinctNames(inputs, count: width),
        rows: distinctNames(units, count: matrix.count, letter: "h"))
      : HeatMapMark(
        values: matrix, x: (0..<width).map { Double($0 + 1) }, y: matrix.indices.map { Double($0 + 1) })
    let size = FigureSize(width: 6, height: min(max(4.4 * ratio + 0.8, 2.2), 6.4))
    return Plot(
      x: isNamed ? .categories("input") : .linear("input").withoutGrid(),
      y: isNamed ? .categories("unit") : .linear("unit").withoutGrid().reversed(),
      color: .diverging("weight"), aspect: (0.25...4).contains(ratio) ? 1 : nil, size: size
    ) { mark }
  }
}

extension ResultView {
  /// The weights of a dense layer.
  static let weights = ResultView(
    name: "weights", help: "The weights of a dense layer as colors.",
    example: {
      var numbers = ExampleNumbers(83)
      return .plot(.weights((0..<10).map { row in numbers.normal(16, deviation: 0.2 + 0.03 * Double(row)) }))
    })
}
