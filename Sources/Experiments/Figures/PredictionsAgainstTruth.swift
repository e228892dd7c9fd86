import Datasets
import Plotting

extension Plot {
  /// Predicted against true values, with the diagonal that perfect predictions lie on.
  public static func predictions(truth: [Double], predicted: [Double], name: String = "value") -> Plot {
    let finite = (truth + predicted).filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    return Plot(
      x: .linear("true \(name)"), y: .linear("predicted \(name)"), size: FigureSize(width: 5, height: 4.2)
    ) {
      LineMark(x: [low, high], y: [low, high], stroke: .dashed, color: .muted, width: 1)
      PointMark(x: truth, y: predicted, color: .series(0))
    }
  }
}

extension PartPredictions {
  /// True and predicted values of the first target; nil for classes.
  var firstValues: (name: String, truth: [Double], predicted: [Double])? {
    guard case .values(let values, let names) = data.targets, values.rows == outputs.rows else { return nil }
    return (
      names.first ?? "value", (0..<values.rows).map { values[$0, 0] },
      (0..<outputs.rows).map { outputs[$0, 0] }
    )
  }
}

extension ResultView {
  /// Predicted against true values.
  static let predictionsAgainstTruth = ResultView(
    name: "predictions", help: "Predicted against true values.", needs: [.values],
    example: {
      var numbers = ExampleNumbers(5)
      let truth = numbers.uniform(120, 0, 10)
      let noise = numbers.normal(120, deviation: 0.8)
      return .plot(.predictions(truth: truth, predicted: zip(truth, noise).map(+), name: "mass"))
    }
  ) { result in
    guard let predictions = result.predictions, let (name, truth, predicted) = predictions.firstValues else {
      return nil
    }
    return .figure(
      .plot(.predictions(truth: truth, predicted: predicted, name: name)),
      caption: "Predicted against true values of the \(predictions.part) part.")
  }
}
