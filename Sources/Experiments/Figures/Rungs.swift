import Plotting

extension Plot {
  /// A trial of a search that stops bad trials early: its objective at each rung that it reached.
  public struct RungTrial: Sendable {
    /// The epochs, or another cost, at each rung.
    public var resources: [Double]
    /// The objective at each rung.
    public var values: [Double]
    /// Whether it was stopped before the last rung.
    public var isStopped: Bool

    /// A trial with what it reached.
    public init(resources: [Double], values: [Double], isStopped: Bool) {
      self.resources = resources
      self.values = values
      self.isStopped = isStopped
    }
  }

  /// Which trials a bandit goes on with: a line a trial over the rungs; stopped ones end in a cross.
  public static func rungs(
    _ trials: [RungTrial], objective: String, resource: String = "epochs"
  ) -> Plot {
    let rungs = trials.flatMap(\.resources).filter { $0 > 0 && $0.isFinite }
    // Halving multiplies the epochs; folds come one by one.
    let isLog = resource != "folds" && (rungs.max() ?? 1) > 4 * (rungs.min() ?? 1)
    let stopped = trials.filter(\.isStopped)
    return Plot(x: isLog ? .log(resource) : .linear(resource), y: .linear(objective)) {
      for trial in stopped {
        LineMark(x: trial.resources, y: trial.values, series: "stopped", color: .muted, width: 0.7)
      }
      PointMark(
        x: stopped.compactMap(\.resources.last), y: stopped.compactMap(\.values.last), series: "stopped",
        size: 6,
        color: .muted, symbol: .cross)
      for trial in trials where !trial.isStopped {
        LineMark(x: trial.resources, y: trial.values, series: "finished", color: .series(0), width: 1.4)
        PointMark(x: trial.resources, y: trial.values, series: "finished", color: .series(0))
      }
    }
  }
}

extension ResultView {
  /// Which trials a bandit goes on with.
  static let rungs = ResultView(
    name: "rungs", help: "Which trials a pruner gives up at each step.", needs: [.prunedSearch],
    example: {
      var numbers = ExampleNumbers(36)
      let rungs = [1.0, 3, 9, 27]
      let trials = (0..<27).map { number -> Plot.RungTrial in
        let reached = number < 18 ? 1 : number < 24 ? 2 : number < 26 ? 3 : 4
        let limit = 0.7 + 0.25 * Double(number) / 27
        let noise = numbers.normal(reached, deviation: 0.01)
        let values = zip(rungs, noise).map { limit - 0.4 / ($0 + 1) + $1 }
        return .init(resources: Array(rungs[..<reached]), values: values, isStopped: reached < 4)
      }
      return .plot(.rungs(trials, objective: "accuracy"))
    }
  ) { result in
    guard let search = result.experiment.search, let pruner = search.plan.pruner else { return nil }
    let trials = result.trials.filter { !$0.reports.isEmpty }.map { trial in
      Plot.RungTrial(
        resources: trial.reports.map { Double($0.step) }, values: trial.reports.map(\.value),
        isStopped: trial.state != .completed)
    }
    guard !trials.isEmpty else { return nil }
    let steps =
      search.plan.steps ?? (result.trials.contains { $0.parts.count > 1 } ? pruner.naturalSteps : .epochs)
    return .figure(
      .plot(
        .rungs(
          trials, objective: search.path,
          resource: steps == .folds && pruner.halving == nil ? "folds" : "epochs")),
      caption: "The objective of every trial behind each step; trials that were given up end in a cross.")
  }
}
