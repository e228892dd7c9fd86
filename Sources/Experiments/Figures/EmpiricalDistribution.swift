import Plotting
import Search

extension Plot {
  /// The share of trials whose objective is at most a value, for one study or several.
  public static func empiricalDistribution(
    _ studies: KeyValuePairs<String, [Double]>, objective: String
  ) -> Plot {
    Plot(x: .linear(objective), y: .linear("share of trials", limits: 0...1.02)) {
      for (name, values) in studies {
        let sorted = values.filter(\.isFinite).sorted()
        let shares = sorted.indices.map { Double($0 + 1) / Double(sorted.count) }
        StepMark(
          x: (sorted.first.map { [$0] } ?? []) + sorted, y: (sorted.isEmpty ? [] : [0]) + shares,
          series: studies.count > 1 ? name : nil)
      }
    }
  }
}

extension ResultView {
  /// The distribution of the trials' objectives.
  static let empiricalDistribution = ResultView(
    name: "empirical-distribution", help: "The share of trials at or below each value of the objective.",
    needs: [.search],
    example: {
      var numbers = ExampleNumbers(35)
      return .plot(
        .empiricalDistribution(
          [
            "random": numbers.normal(60, mean: 0.88, deviation: 0.05),
            "tpe": numbers.normal(60, mean: 0.92, deviation: 0.03),
          ],
          objective: "accuracy"))
    }
  ) { result in
    guard let search = result.experiment.search, !result.trials.isEmpty else { return nil }
    return .figure(
      .plot(.empiricalDistribution(["trials": result.trials.map(\.value)], objective: search.path)),
      caption: "The share of trials at or below each value of the objective.")
  }
}
