import Plotting
import Search
import Tensors

extension Plot {
  /// What every trial gives in two objectives, and the front: the trials that none is better than in both.
  ///
  /// The line leads from what is best in the first objective, `x`, to what is best in the second: nothing lies beyond it.
  public static func paretoFront(
    x: [Double], y: [Double], front: [Int], directions: (x: Direction, y: Direction), xObjective: String,
    yObjective: String, isFeasible: [Bool]? = nil
  ) -> Plot {
    let count = min(x.count, y.count)
    let steps = front.filter { $0 >= 0 && $0 < count }.sorted { first, second in
      if x[first] != x[second] { return directions.x.isBetter(x[first], than: x[second]) }
      if y[first] != y[second] { return directions.y.isBetter(y[second], than: y[first]) }
      return first < second
    }
    let others = (0..<count).filter { !steps.contains($0) }
    let missed = others.filter { !(isFeasible?[$0] ?? true) }
    let kept = others.filter { isFeasible?[$0] ?? true }
    // Between two of them the second objective stays until the next trial is reached.
    var corners: [(x: Double, y: Double)] = []
    for trial in steps {
      if let last = corners.last { corners.append((x[trial], last.y)) }
      corners.append((x[trial], y[trial]))
    }
    return Plot(x: axis(xObjective, x), y: axis(yObjective, y)) {
      if !missed.isEmpty {
        PointMark(
          x: missed.map { x[$0] }, y: missed.map { y[$0] }, series: "constraint missed", color: .muted,
          symbol: .cross)
      }
      PointMark(x: kept.map { x[$0] }, y: kept.map { y[$0] }, series: "trials", color: .muted)
      LineMark(x: corners.map(\.x), y: corners.map(\.y), series: "front", color: .series(0))
      PointMark(x: steps.map { x[$0] }, y: steps.map { y[$0] }, series: "front", color: .series(0))
    }
  }

  /// An axis of an objective: logarithmic where its positive values differ by more than a factor of twenty.
  private static func axis(_ objective: String, _ values: [Double]) -> Axis {
    let label = objective.replacing("_", with: "\\_")
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max(), least > 0, greatest > 20 * least else {
      return .linear(label)
    }
    return .log(label)
  }
}

extension ResultView {
  /// The first two objectives of every trial, and the front.
  static let paretoFront = ResultView(
    name: "pareto-front", help: "Two objectives of every trial, and the trials that none is better than.",
    isDefault: true, needs: [.severalObjectives],
    example: {
      var numbers = ExampleNumbers(38)
      let parameters = numbers.integers(50, below: 200).map { Double($0 + 5) }
      let noise = numbers.normal(50, deviation: 0.05)
      let losses = zip(parameters, noise).map { 0.2 + 2 / $0 + $1.magnitude }
      let front = parameters.indices.filter { trial in
        !parameters.indices.contains {
          parameters[$0] <= parameters[trial] && losses[$0] < losses[trial]
        }
      }
      return .plot(
        .paretoFront(
          x: parameters, y: losses, front: front, directions: (.minimize, .minimize),
          xObjective: "parameters", yObjective: "validation.loss"))
    }
  ) { result in
    guard let search = result.experiment.search, search.objectives.count > 1 else { return nil }
    let study = search.plan.study(
      in: result.experiment.space, directions: search.directions, seed: result.experiment.seed)
    let trials = result.trials.filter { $0.state == .completed }
    let front = Set(study.paretoFront(of: result.trials).map(\.number))
    guard !trials.isEmpty else { return nil }
    let isOfTwo = search.objectives.count == 2
    return .figure(
      .plot(
        .paretoFront(
          x: trials.map { $0.values[1] }, y: trials.map { $0.values[0] },
          front: isOfTwo ? trials.indices.filter { front.contains(trials[$0].number) } : [],
          directions: (search.directions[1], search.directions[0]), xObjective: search.objectives[1].path,
          yObjective: search.objectives[0].path,
          isFeasible: search.constraints.isEmpty ? nil : trials.map(\.isFeasible))),
      caption: isOfTwo
        ? "Both objectives of every trial; no trial is better in both than those on the line."
        : "The first two of \(search.objectives.count) objectives of every trial.")
  }
}
