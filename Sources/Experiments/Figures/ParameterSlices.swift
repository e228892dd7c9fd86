import Plotting
import Search

extension ResultView {
  /// The objective against every hyperparameter by itself.
  static let parameterSlices = ResultView(
    name: "parameter-slices", help: "The objective against each hyperparameter.", isDefault: true,
    needs: [.search]
  ) { result in
    guard let search = result.experiment.search, !result.trials.isEmpty else { return nil }
    let plots = result.experiment.space.parameters.enumerated().map { index, parameter in
      slice(result, parameter, index, search.path)
    }
    let caption = "The objective against each hyperparameter; the best trial is the colored one."
    guard plots.count > 1 else { return plots.first.map { .figure(.plot($0), caption: caption) } }
    return .figure(
      .grid(PlotGrid(title: nil, columns: min(plots.count, 2), plots: plots)), caption: caption)
  }

  private static func slice(
    _ result: ExperimentResult, _ parameter: SearchSpace.Parameter, _ index: Int, _ objective: String
  ) -> Plot {
    let values = result.trials.map { $0.assignment[index] }
    let scores = result.trials.map(\.value)
    let best = result.best
    let label = parameter.name.replacing("_", with: "\\_")
    let axis: Plot.Axis
    switch parameter.distribution {
    case .real(_, _, true), .integer(_, _, _, true): axis = .log(label, limits: nil)
    case .choice: axis = .linear("\(label) (number of the choice)", limits: nil)
    default: axis = .linear(label, limits: nil)
    }
    return Plot(x: axis, y: .linear(objective, limits: nil)) {
      PointMark(x: values, y: scores, color: .muted)
      if let best { PointMark(x: [best.assignment[index]], y: [best.value], size: 7, color: .series(1)) }
    }
  }
}
