import Components
import Plotting
import Tensors

extension Plot {
  /// A line through the hyperparameters of every trial to its objective, colored by it: bundles show what good trials
  /// have in common.
  public static func parallelCoordinates(
    _ parameters: [SearchedParameter], scores: [Double], objective: String
  ) -> Plot {
    let axes = parameters + [SearchedParameter(objective, values: scores)]
    let finite = scores.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let color = ColorAxis(objective, limits: low < high ? low...high : low...(low + 1))
    let scale = ColorScale(color, for: [])
    let lanes = axes.map(Lane.init)
    let places = axes.indices.map(Double.init)
    return Plot(
      x: .linear("", limits: -0.25...(Double(axes.count) - 0.75)).withoutGrid().marked(
        axes.enumerated().map { (Double($0.offset), $0.element.name.replacing("_", with: "\\_")) }),
      y: .hidden(limits: -0.08...1.08), color: color, legend: .hidden
    ) {
      for trial in scores.indices where scores[trial].isFinite {
        let heights = lanes.map { $0.height(trial) }
        LineMark(x: places, y: heights, color: scale.color(of: scores[trial]) ?? .muted, width: 1.1)
      }
      SegmentMark(
        x: places, y: places.map { _ in 0 }, endX: places, endY: places.map { _ in 1 }, color: .axis, width: 1
      )
      for (place, lane) in zip(places, lanes) {
        for end in lane.ends {
          TextMark(
            end.text, x: place, y: end.height + (end.height < 0.5 ? -0.045 : 0.045), placement: .centered,
            size: 8)
        }
      }
    }
  }

  /// One axis of the picture: its values between 0 and 1.
  private struct Lane {
    private let parameter: SearchedParameter
    private let low: Double
    private let high: Double

    init(_ parameter: SearchedParameter) {
      self.parameter = parameter
      let finite = parameter.values.filter { $0.isFinite && (!parameter.isLogarithmic || $0 > 0) }
      low = finite.min() ?? 0
      high = finite.max() ?? 1
    }

    func height(_ trial: Int) -> Double {
      guard trial < parameter.values.count else { return .nan }
      let value = parameter.values[trial]
      guard low < high else { return value.isFinite ? 0.5 : .nan }
      if parameter.isLogarithmic {
        return value > 0 ? Double.log(value / low) / Double.log(high / low) : .nan
      }
      return (value - low) / (high - low)
    }

    /// What is written at the ends.
    var ends: [(text: String, height: Double)] {
      guard low < high else { return [(text(low), 0)] }
      if !parameter.choices.isEmpty, parameter.choices.count <= 8 {
        return parameter.choices.indices.map(Double.init).filter { $0 >= low && $0 <= high }.map {
          (text($0), ($0 - low) / (high - low))
        }
      }
      return [(text(low), 0), (text(high), 1)]
    }

    private func text(_ value: Double) -> String {
      if let index = Int(exactly: value), parameter.choices.indices.contains(index) {
        return parameter.choices[index]
      }
      return ValueFormat.significant(value, 3)
    }
  }
}

extension ResultView {
  /// The hyperparameters of all trials as lines.
  static let parallelCoordinates = ResultView(
    name: "parallel-coordinates", help: "The hyperparameters of every trial as a line to its objective.",
    needs: [.search],
    example: {
      var numbers = ExampleNumbers(33)
      let rates = numbers.uniform(40, -4, -1).map { Double.exp($0 * 2.302585092994046) }
      let units = numbers.integers(40, below: 60).map { Double($0 + 4) }
      let optimizers = numbers.integers(40, below: 3).map(Double.init)
      let scores = zip(rates, units).map { 0.95 - 0.8 * ($0 - 0.01).magnitude - 0.2 / $1 }
      return .plot(
        .parallelCoordinates(
          [
            SearchedParameter("learning rate", values: rates, isLogarithmic: true),
            SearchedParameter("units", values: units),
            SearchedParameter("optimizer", values: optimizers, choices: ["sgd", "adam", "rmsprop"]),
          ], scores: scores, objective: "accuracy"))
    }
  ) { result in
    guard let search = result.experiment.search, !result.trials.isEmpty else { return nil }
    return .figure(
      .plot(
        .parallelCoordinates(
          result.searchedParameters.withShortNames, scores: result.trials.map(\.value),
          objective: search.path)),
      caption: "The hyperparameters of every trial as a line to its objective.")
  }
}
