import Plotting

extension Plot {
  /// How often each true class is predicted as each class: counts in cells, colored by their share of the row.
  ///
  /// Classes are numbers into their names; pairs with a number beyond are left out.
  public static func confusionMatrix(truth: [Int], predicted: [Int], classes: [String]) -> Plot {
    var counts = [[Double]](repeating: [Double](repeating: 0, count: classes.count), count: classes.count)
    for (row, column) in zip(truth, predicted)
    where classes.indices.contains(row) && classes.indices.contains(column) {
      counts[row][column] += 1
    }
    let shares = counts.map { row -> [Double] in
      let sum = row.reduce(0, +)
      return row.map { sum > 0 ? $0 / sum : 0 }
    }
    return Plot(
      x: .categories("predicted class"), y: .categories("true class"),
      color: ColorAxis("share of the true class", ramp: .blues, limits: 0...1), aspect: 1,
      size: FigureSize(width: 5.2, height: 4.4)
    ) {
      HeatMapMark(
        values: shares, columns: classes, rows: classes, texts: counts.flatMap { $0.map { "\(Int($0))" } })
    }
  }
}

extension ResultView {
  /// The confusion matrix of the part that nothing was learned from.
  static let confusionMatrix = ResultView(
    name: "confusion-matrix", help: "How often each class is taken for each.", needs: [.classes],
    example: {
      var numbers = ExampleNumbers(1)
      let truth = numbers.integers(200, below: 3)
      let shifts = numbers.uniform(200).map { $0 < 0.12 ? 1 : 0 }
      return .plot(
        .confusionMatrix(
          truth: truth, predicted: zip(truth, shifts).map { ($0 + $1) % 3 },
          classes: ["setosa", "versicolor", "virginica"]))
    }
  ) { result in
    guard let predictions = result.predictions, let truth = predictions.data.classes,
      let names = predictions.data.classNames
    else { return nil }
    let plot = Plot.confusionMatrix(truth: truth, predicted: predictions.predictedClasses, classes: names)
    return .figure(
      .plot(plot),
      caption: "Confusion matrix of the \(predictions.part) part: counts, colored by their share of the row.")
  }
}
