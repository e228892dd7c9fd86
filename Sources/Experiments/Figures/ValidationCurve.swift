import Plotting
import Tensors

extension Plot {
  /// Scores of the training and the validation part by the value of one setting, with one standard deviation over
  /// repetitions or folds; the best value is marked.
  public static func validationCurve(
    parameter: String, values: [Double], training: [[Double]], validation: [[Double]], score: String,
    isLogarithmic: Bool = false, best: Double? = nil
  ) -> Plot {
    let label = parameter.replacing("_", with: "\\_")
    return Plot(x: isLogarithmic ? .log(label) : .linear(label), y: .linear(score)) {
      if let best { RuleMark(x: best, label: "best") }
      spread(values, training, "training")
      spread(values, validation, "validation")
    }
  }
}

extension ResultView {
  /// Scores by the value of one setting.
  static let validationCurve = ResultView(
    name: "validation-curve", help: "Scores by the value of one setting.",
    example: {
      var numbers = ExampleNumbers(31)
      let values = (0...8).map { Double.exp(Double($0) - 8) }
      let training = values.indices.map {
        numbers.normal(5, mean: 0.99 - 0.002 * Double($0 * $0), deviation: 0.004)
      }
      let validation = values.indices.map { index in
        numbers.normal(5, mean: 0.94 - 0.004 * Double((index - 5) * (index - 5)), deviation: 0.01)
      }
      return .plot(
        .validationCurve(
          parameter: "weight decay", values: values, training: training, validation: validation,
          score: "accuracy", isLogarithmic: true, best: values[5]))
    })
}
