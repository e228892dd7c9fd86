import Plotting

extension PlotGrid {
  /// Metrics of the training and of the validation part by epoch, a panel a metric.
  public static func metricCurves(
    names: [String], training: [[Double]], validation: [[Double]] = [], restored: Int? = nil
  ) -> PlotGrid {
    let plots = names.indices.map { number in
      Plot(x: .linear("epoch"), y: .linear(names[number])) {
        if let restored { RuleMark(x: Double(restored), label: "restored epoch") }
        for (name, curves) in [("training", training), ("validation", validation)] where number < curves.count
        {
          LineMark(x: curves[number].indices.map { Double($0 + 1) }, y: curves[number], series: name)
        }
      }
    }
    return PlotGrid(columns: min(names.count, 2), plots: plots, ratio: names.count == 1 ? 1.6 : 1.3)
  }
}

extension ResultView {
  /// Every metric by epoch.
  static let metricCurves = ResultView(
    name: "metric-curves", help: "Metrics of the training and the validation part by epoch.",
    needs: [.epochs],
    example: {
      let epochs = (1...60).map(Double.init)
      return .grid(
        .metricCurves(
          names: ["accuracy", "f1"],
          training: [epochs.map { 1 - 0.5 / (1 + $0 / 4) }, epochs.map { 1 - 0.6 / (1 + $0 / 4) }],
          validation: [epochs.map { 0.93 - 0.45 / (1 + $0 / 3) }, epochs.map { 0.91 - 0.5 / (1 + $0 / 3) }]))
    }
  ) { result in
    let history = result.history
    let names = result.experiment.metrics.map(\.name)
    guard history.epochs > 1, !names.isEmpty, !history.trainingScores.isEmpty else { return nil }
    guard result.repetitions.count < 2 else { return .repeatedMetricCurves(result, names) }
    func columns(_ scores: [[Double]]) -> [[Double]] {
      scores.isEmpty
        ? [] : names.indices.map { number in scores.map { number < $0.count ? $0[number] : .nan } }
    }
    let grid = PlotGrid.metricCurves(
      names: names, training: columns(history.trainingScores), validation: columns(history.validationScores),
      restored: history.bestEpoch < history.epochs ? history.bestEpoch : nil)
    return .figure(
      .grid(grid), caption: "Metrics by epoch; those of the training part are means over its batches.")
  }
}

extension ResultView.Content {
  /// Every metric of several repetitions by epoch, with bands.
  fileprivate static func repeatedMetricCurves(_ result: ExperimentResult, _ names: [String]) -> Self {
    func curves(_ scores: [[[Double]]], _ number: Int) -> [[Double]] {
      scores.map { $0.map { number < $0.count ? $0[number] : .nan } }
    }
    let histories = result.repetitions.map(\.history)
    let hasValidation = histories.allSatisfy { !$0.validationScores.isEmpty }
    let plots = names.indices.map { number in
      Plot(x: .linear("epoch"), y: .linear(names[number])) {
        for mark in Plot.bandedCurve(curves(histories.map(\.trainingScores), number), "training") { mark }
        if hasValidation {
          for mark in Plot.bandedCurve(curves(histories.map(\.validationScores), number), "validation") {
            mark
          }
        }
      }
    }
    return .figure(
      .grid(PlotGrid(columns: min(names.count, 2), plots: plots, ratio: names.count == 1 ? 1.6 : 1.3)),
      caption:
        "Metrics by epoch: means of \(histories.count) repetitions with one standard deviation as a band.")
  }
}
