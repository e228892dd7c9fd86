import Plotting
import Search

extension ResultView {
  /// The objective of every trial, and the best so far.
  static let searchHistory = ResultView(
    name: "search-history", help: "The objective of every trial, and the best so far.", isDefault: true
  ) { result in
    guard let search = result.experiment.search, !result.trials.isEmpty else { return nil }
    let numbers = result.trials.map { Double($0.number) }
    let plot = Plot(x: .linear("trial", limits: nil), y: .linear(search.path, limits: nil)) {
      PointMark(x: numbers, y: result.trials.map(\.value), series: "trials")
      LineMark(x: numbers, y: bestSoFar(result.trials, search.direction), series: "best so far")
    }
    return .figure(
      .plot(plot),
      caption: "The objective of each of the \(result.trials.count) trials, and the best value so far.")
  }

  private static func bestSoFar(_ trials: [Trial], _ direction: Direction) -> [Double] {
    var best = Double.nan
    return trials.map { trial in
      if best.isNaN || direction.isBetter(trial.value, than: best) { best = trial.value }
      return best
    }
  }
}
