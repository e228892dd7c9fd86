import Plotting
import Search
import Tensors

extension PlotGrid {
  /// The objective against each hyperparameter by itself; the color tells the order of the trials, a ring the best.
  public static func parameterSlices(
    _ parameters: [SearchedParameter], scores: [Double], best: Int? = nil, objective: String
  ) -> PlotGrid {
    let plots = parameters.map { parameter in
      Plot(
        x: parameter.axis, y: .linear(objective), color: ColorAxis("trial", ramp: .cividis, isShown: false)
      ) {
        // Only trials in which the hyperparameter counted say anything about it.
        let shown = parameter.values.indices.filter { !parameter.values[$0].isNaN && $0 < scores.count }
        PointMark(
          x: shown.map { parameter.values[$0] }, y: shown.map { scores[$0] }, colors: shown.map(Double.init))
        if let best, shown.contains(best) {
          PointMark(
            x: [parameter.values[best]], y: [scores[best]], size: 9, color: .series(1), symbol: .circle)
        }
      }
    }
    return PlotGrid(columns: min(max(plots.count, 1), 2), plots: plots, ratio: plots.count == 1 ? 1.6 : 1.3)
  }
}

extension ResultView {
  /// The objective against every hyperparameter by itself.
  static let parameterSlices = ResultView(
    name: "parameter-slices", help: "The objective against each hyperparameter.", isDefault: true,
    needs: [.search],
    example: {
      var numbers = ExampleNumbers(22)
      let rates = numbers.uniform(50, -4, -1).map { Double.exp($0 * 2.302585092994046) }
      let units = numbers.integers(50, below: 60).map { Double($0 + 4) }
      let noise = numbers.normal(50, deviation: 0.005)
      let scores = zip(zip(rates, units), noise).map {
        0.95 - 0.8 * ($0.0 - 0.01).magnitude - 0.2 / $0.1 + $1
      }
      let best = scores.indices.max { scores[$0] < scores[$1] }
      return .grid(
        .parameterSlices(
          [
            SearchedParameter("train.learning-rate", values: rates, isLogarithmic: true),
            SearchedParameter("model.0.units", values: units),
          ], scores: scores, best: best, objective: "cv.accuracy.mean"))
    }
  ) { result in
    guard let search = result.experiment.search, !result.trials.isEmpty else { return nil }
    let best = result.best.flatMap { best in result.trials.firstIndex { $0.number == best.number } }
    return .figure(
      .grid(
        .parameterSlices(
          result.searchedParameters, scores: result.trials.map(\.value), best: best, objective: search.path)),
      caption:
        "The objective against each hyperparameter; later trials are lighter, a ring marks the best one.")
  }
}
