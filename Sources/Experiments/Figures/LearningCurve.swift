import Components
import Plotting
import Tensors
import Validation

extension Plot {
  /// Scores by the number of training examples, with one standard deviation over repetitions, and the validation
  /// score extrapolated by a power law to `reach` times the most examples.
  ///
  /// `training` and `validation` hold for each size the scores of all repetitions; `goal` is marked by a line.
  public static func learningCurve(
    sizes: [Double], training: [[Double]], validation: [[Double]], score: String, reach: Double = 4,
    goal: Double? = nil
  ) -> Plot {
    let means = validation.map { $0.isEmpty ? .nan : Statistics.mean($0) }
    let law = PowerLaw(fitting: zip(sizes, means).filter { $0.0 > 0 && $0.1.isFinite })
    let largest = sizes.max() ?? 1
    let further = (0...40).map { largest * Double.exp(Double.log(max(reach, 1)) * Double($0) / 40) }
    return Plot(x: .log("training examples"), y: .linear(score)) {
      spread(sizes, training, "training")
      spread(sizes, validation, "validation")
      if let goal { RuleMark(y: goal, label: "goal") }
      if let law, reach > 1 {
        LineMark(
          x: further, y: further.map(law.value), series: "extrapolated", stroke: .dashed, color: .muted)
        if law.limit.isFinite, law.exponent > 0.06 {
          RuleMark(y: law.limit, label: "limit of the power law")
        }
      }
    }
  }

  /// The mean over repetitions with a band of one standard deviation.
  @MarkBuilder static func spread(_ x: [Double], _ values: [[Double]], _ name: String) -> [any Mark] {
    let means = values.map { $0.isEmpty ? .nan : Statistics.mean($0) }
    let spreads = values.map { $0.count > 1 ? Statistics.standardDeviation($0) : 0 }
    if spreads.contains(where: { $0 > 0 }) {
      BandMark(
        x: x, lower: zip(means, spreads).map { $0 - $1 }, upper: zip(means, spreads).map { $0 + $1 },
        series: name)
    }
    LineMark(x: x, y: means, series: name)
    PointMark(x: x, y: means, series: name)
  }
}

extension ResultView {
  /// Scores by the number of training examples.
  static let learningCurve = ResultView(
    name: "learning-curve", help: "Scores by the number of training examples, extrapolated.",
    isDefault: true, needs: [.learningCurve],
    example: {
      var numbers = ExampleNumbers(30)
      let sizes = [50.0, 100, 200, 400, 800]
      func scores(_ center: Double) -> [Double] { numbers.normal(5, mean: center, deviation: 0.01) }
      return .plot(
        .learningCurve(
          sizes: sizes, training: sizes.map { scores(0.93 + 0.5 / $0) },
          validation: sizes.map { scores(0.93 - 1.2 / $0.squareRoot()) }, score: "accuracy"))
    }
  ) { result in
    guard let curve = result.learningCurve else { return nil }
    let (name, value) = result.curveScore(result.experiment.learningCurve?.metric)
    let plot = Plot.learningCurve(
      sizes: curve.sizes.map(Double.init), training: curve.training.map { $0.map(value) },
      validation: curve.held.map { $0.map(value) }, score: name,
      goal: result.experiment.learningCurve?.goal)
    let repeats = curve.held.first?.count ?? 0
    let law = result.extrapolation == nil ? "" : ", and a power law through the latter, extrapolated"
    let goal = result.goalSentence(name)
    return .figure(
      .plot(plot),
      caption: "The \(name) of the examples learned from and of those held out by the number of the former: "
        + "means and standard deviations of \(repeats) divisions\(law).\(goal)")
  }
}

extension ExperimentResult {
  /// How many examples would reach the goal of the learning curve.
  fileprivate func goalSentence(_ score: String) -> String {
    guard let goal = experiment.learningCurve?.goal, let found = extrapolation, let examples = found.examples
    else { return "" }
    func count(_ value: Double) -> String {
      value.isFinite && value < 1e9 ? ValueFormat.short(value.rounded(.up)) : "any number"
    }
    guard examples.isFinite else {
      return " By the law no number of examples gives \(score) \(ValueFormat.short(goal))."
    }
    let interval = found.exampleLimits.map(count).joined(separator: " to ")
    return
      " By the law, \(score) \(ValueFormat.short(goal)) takes \(count(examples)) examples (90 % interval: \(interval))."
  }

  /// A metric of curves, the first unless named, and how to take it from scores.
  func curveScore(_ metric: String?) -> (name: String, value: (Scores) -> Double) {
    let name = metric ?? experiment.metrics.first?.name ?? "loss"
    guard let index = experiment.metrics.firstIndex(where: { $0.name == name }) else {
      return ("loss", \.loss)
    }
    return (name, { $0.metrics[index] })
  }
}
