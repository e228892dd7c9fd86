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

extension Plot {
  /// The same for values that are no numbers: a bar each.
  public static func validationCurve(
    categories: [String], training: [[Double]], validation: [[Double]], score: String
  ) -> Plot {
    func means(_ values: [[Double]]) -> [Double] { values.map { Statistics.mean($0) } }
    func spreads(_ values: [[Double]]) -> [Double] {
      values.map { $0.count > 1 ? Statistics.standardDeviation($0) : 0 }
    }
    return Plot(x: .categories(""), y: .linear(score)) {
      BarMark(
        categories: categories, heights: means(training), series: "training", errors: spreads(training))
      BarMark(
        categories: categories, heights: means(validation), series: "validation",
        errors: spreads(validation))
    }
  }
}

extension ResultView {
  /// Scores by the value of one setting.
  static let validationCurve = ResultView(
    name: "validation-curve", help: "Scores by the value of one setting.", isDefault: true,
    needs: [.validationCurve],
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
    }
  ) { result in
    guard let curve = result.validationCurve, let plan = result.experiment.validationCurve else { return nil }
    let (name, value) = result.curveScore(nil)
    let (training, held) = (curve.training.map { $0.map(value) }, curve.held.map { $0.map(value) })
    let caption =
      "The \(name) of the examples learned from and of those held out by \(plan.parameter): "
      + "means and standard deviations of \(held.first?.count ?? 0) divisions."
    let numbers = plan.values.compactMap { Double($0.text) }
    guard numbers.count == plan.values.count else {
      let plot = Plot.validationCurve(
        categories: plan.values.map { shortened($0.text, to: 24) }, training: training, validation: held,
        score: name)
      return .figure(.plot(plot), caption: caption)
    }
    let order = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    let least = numbers.min() ?? 0
    let best = result.values["validation-curve.best"].flatMap { value -> Double? in
      if case .text(let text) = value { Double(text) } else { nil }
    }
    let plot = Plot.validationCurve(
      parameter: plan.parameter, values: order.map { numbers[$0] }, training: order.map { training[$0] },
      validation: order.map { held[$0] }, score: name,
      isLogarithmic: least > 0 && (numbers.max() ?? 0) / least >= 30, best: best)
    return .figure(.plot(plot), caption: caption)
  }
}
