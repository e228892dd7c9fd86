import Plotting
import Search

extension Plot {
  /// The objective of every trial in their order, and the best value so far.
  ///
  /// Trials that miss constraints or were given up, if any, are set apart and are never the best.
  public static func searchHistory(
    values: [Double], direction: Direction, objective: String, baseline: Double? = nil,
    isFeasible: [Bool]? = nil, isPruned: [Bool]? = nil
  ) -> Plot {
    let numbers = values.indices.map(Double.init)
    let pruned = values.indices.filter { isPruned?[$0] ?? false }
    let missed = values.indices.filter { !(isFeasible?[$0] ?? true) && !(isPruned?[$0] ?? false) }
    let counts = values.indices.map { (isFeasible?[$0] ?? true) && !(isPruned?[$0] ?? false) }
    let kept = values.indices.filter { counts[$0] }
    var best = Double.nan
    let bests = zip(values, counts).map { value, isKept in
      if isKept, best.isNaN || direction.isBetter(value, than: best) { best = value }
      return best
    }
    return Plot(x: .linear("trial"), y: .linear(objective)) {
      PointMark(x: kept.map { numbers[$0] }, y: kept.map { values[$0] }, series: "trials")
      if !missed.isEmpty {
        PointMark(
          x: missed.map { numbers[$0] }, y: missed.map { values[$0] }, series: "constraint missed",
          color: .muted)
      }
      if !pruned.isEmpty {
        PointMark(
          x: pruned.map { numbers[$0] }, y: pruned.map { values[$0] }, series: "given up", color: .muted,
          symbol: .cross)
      }
      StepMark(x: numbers, y: bests, series: "best so far")
      if let baseline { RuleMark(y: baseline, label: "baseline") }
    }
  }
}

extension ResultView {
  /// The objective of every trial, and the best so far.
  static let searchHistory = ResultView(
    name: "search-history", help: "The objective of every trial, and the best so far.", isDefault: true,
    needs: [.search],
    example: {
      var numbers = ExampleNumbers(21)
      let noise = numbers.normal(60, deviation: 0.02)
      let values = noise.enumerated().map { 0.93 - 0.2 / (1 + Double($0) / 8) + $1 }
      return .plot(.searchHistory(values: values, direction: .maximize, objective: "cv.accuracy.mean"))
    }
  ) { result in
    guard let search = result.experiment.search, !result.trials.isEmpty else { return nil }
    return .figure(
      .plot(
        .searchHistory(
          values: result.trials.map(\.value), direction: search.direction, objective: search.path,
          isFeasible: search.constraints.isEmpty ? nil : result.trials.map(\.isFeasible),
          isPruned: search.plan.pruner == nil ? nil : result.trials.map { $0.state == .pruned })),
      caption: "The objective of each of the \(result.trials.count) trials, and the best value so far.")
  }
}
