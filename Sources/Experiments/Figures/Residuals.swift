import Plotting

extension PlotGrid {
  /// Residuals, predicted minus true values, against the predictions and as a distribution.
  public static func residuals(truth: [Double], predicted: [Double], name: String = "value") -> PlotGrid {
    let residuals = zip(predicted, truth).map { $0 - $1 }
    return PlotGrid(
      columns: 2,
      plots: [
        Plot(x: .linear("predicted \(name)"), y: .linear("residual")) {
          RuleMark(y: 0)
          PointMark(x: predicted, y: residuals, color: .series(0))
        },
        Plot(x: .linear("residual"), y: .linear("count")) {
          HistogramMark(of: residuals, color: .series(0))
          RuleMark(x: 0)
        },
      ])
  }
}

extension ResultView {
  /// Residuals against predictions, and their distribution.
  static let residuals = ResultView(
    name: "residuals", help: "Predicted minus true values.", needs: [.values],
    example: {
      var numbers = ExampleNumbers(6)
      let truth = numbers.uniform(150, 0, 10)
      let noise = numbers.normal(150, deviation: 0.8)
      return .grid(.residuals(truth: truth, predicted: zip(truth, noise).map { $0 + $1 * (0.4 + $0 / 8) }))
    }
  ) { result in
    guard let predictions = result.predictions, let (name, truth, predicted) = predictions.firstValues else {
      return nil
    }
    return .figure(
      .grid(.residuals(truth: truth, predicted: predicted, name: name)),
      caption: "Residuals of the \(predictions.part) part against the predictions, and their distribution.")
  }
}
