import Components
import Plotting

extension Plot {
  /// The linear correlation of every two columns, from −1 to 1, with the numbers in the cells where they fit.
  ///
  /// Each is Pearson's, over the rows where both values are finite; cells of constant columns stay empty.
  public static func correlationMatrix(_ columns: [[Double]], names: [String] = []) -> Plot {
    let names = distinctNames(names, count: columns.count)
    let values = columns.map { row in columns.map { pearsonCorrelation(row, $0) } }
    // Numbers below seven points would not be read.
    let decimals = columns.count <= 9 ? 2 : columns.count <= 12 ? 1 : nil
    let texts = decimals.map { digits in
      values.flatMap { $0.map { ValueFormat.decimals($0, digits).replacing("-", with: "−") } }
    }
    return Plot(
      x: .categories(""), y: .categories(""),
      color: .diverging("Pearson correlation", limits: -1...1), aspect: 1,
      size: FigureSize(width: 6.2, height: 5)
    ) { HeatMapMark(values: values, columns: names, rows: names, texts: texts ?? []) }
  }
}

extension ResultView {
  /// The correlations of all features, and of the targets where they are numbers.
  static let correlationMatrix = ResultView(
    name: "correlation-matrix", help: "The correlation of every two features.", needs: [.manyFeatures(2)],
    example: {
      var numbers = ExampleNumbers(71)
      let size = numbers.normal(150)
      let columns = [0.9, 0.8, -0.6, 0.1, 0.4].map { share in
        zip(size, numbers.normal(150)).map { share * $0 + (1 - share * share).squareRoot() * $1 }
      }
      return .plot(
        .correlationMatrix(
          columns + [[Double](repeating: 1, count: 150)],
          names: ["mass (kg)", "length (cm)", "speed (m/s)", "age (a)", "price (EUR)", "constant"]))
    }
  ) { result in
    let data = result.experiment.data
    let (columns, names) = data.numericColumns
    guard ViewNeed.manyFeatures(2).isMet(by: result.experiment) else { return nil }
    let hasTarget = data.classes == nil
    return .figure(
      .plot(.correlationMatrix(columns, names: names)),
      caption: "Linear correlation of every two features\(hasTarget ? " and of the target" : "") over all "
        + "examples; constant columns have none.")
  }
}
