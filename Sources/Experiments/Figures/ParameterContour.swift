import Plotting
import Tensors

extension Plot {
  /// The objective over two hyperparameters, interpolated between the trials by inverse squared distances (Shepard
  /// 1968), with the trials as dots.
  public static func parameterContour(
    _ first: SearchedParameter, _ second: SearchedParameter, scores: [Double], objective: String,
    best: Int? = nil
  ) -> Plot {
    let trials = (0..<min(first.values.count, second.values.count, scores.count)).filter {
      scores[$0].isFinite && first.place($0).isFinite && second.place($0).isFinite
    }
    let columns = (0...48).map { Double($0) / 48 }
    let grid = ValueGrid(x: columns, y: columns) { x, y in
      var sum = 0.0
      var weights = 0.0
      for trial in trials {
        let (dx, dy) = (first.place(trial) - x, second.place(trial) - y)
        let squared = dx * dx + dy * dy + 1e-4
        sum += scores[trial] / squared
        weights += 1 / squared
      }
      return weights > 0 ? sum / weights : .nan
    }
    return Plot(
      x: first.axis.withoutGrid(), y: second.axis.withoutGrid(), color: ColorAxis(objective),
      size: FigureSize(width: 5.6, height: 4.2)
    ) {
      FilledContourMark(
        x: columns.map(first.value), y: columns.map(second.value), grid: grid, opacity: 0.85)
      PointMark(
        x: trials.map { first.values[$0] }, y: trials.map { second.values[$0] }, size: 4.5, color: .background
      )
      PointMark(
        x: trials.map { first.values[$0] }, y: trials.map { second.values[$0] }, size: 3, color: .text)
      if let best, trials.contains(best) {
        PointMark(
          x: [first.values[best]], y: [second.values[best]], series: "best", size: 9, color: .series(1),
          symbol: .circle)
      }
    }
  }
}

extension SearchedParameter {
  private var ends: (low: Double, high: Double) {
    let finite = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    return low < high ? (low, high) : isLogarithmic ? (low / 2, low * 2) : (low - 0.5, low + 0.5)
  }

  /// The place of a trial's value between the least, 0, and the greatest, 1.
  fileprivate func place(_ trial: Int) -> Double {
    let (low, high) = ends
    let value = values[trial]
    guard isLogarithmic else { return (value - low) / (high - low) }
    return value > 0 ? Double.log(value / low) / Double.log(high / low) : .nan
  }

  /// The value at a place.
  fileprivate func value(_ place: Double) -> Double {
    let (low, high) = ends
    return isLogarithmic
      ? low * Double.exp(place * Double.log(high / low)) : low + place * (high - low)
  }
}

extension ResultView {
  /// The objective over the first two numeric hyperparameters.
  static let parameterContour = ResultView(
    name: "parameter-contour", help: "The objective over two hyperparameters.", needs: [.searchOf(2)],
    example: {
      var numbers = ExampleNumbers(34)
      let rates = numbers.uniform(40, -4, -1).map { Double.exp($0 * 2.302585092994046) }
      let units = numbers.uniform(40, 4, 64)
      let scores = zip(rates, units).map { rate, units in
        let distance = Double.log(rate / 0.01)
        return 0.95 - 0.02 * distance * distance - 0.4 / units
      }
      return .plot(
        .parameterContour(
          SearchedParameter("learning rate", values: rates, isLogarithmic: true),
          SearchedParameter("units", values: units), scores: scores, objective: "accuracy",
          best: scores.indices.max { scores[$0] < scores[$1] }))
    }
  ) { result in
    guard let search = result.experiment.search, !result.trials.isEmpty else { return nil }
    let numeric = result.experiment.numericParameters
    guard numeric.count >= 2 else { return nil }
    let parameters = result.searchedParameters
    let best = result.best.flatMap { best in result.trials.firstIndex { $0.number == best.number } }
    return .figure(
      .plot(
        .parameterContour(
          parameters[numeric[0]], parameters[numeric[1]], scores: result.trials.map(\.value),
          objective: search.path, best: best)),
      caption:
        "The objective over two hyperparameters, interpolated between the trials; a ring marks the best one.")
  }
}
