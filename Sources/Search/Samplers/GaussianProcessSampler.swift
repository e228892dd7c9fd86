import Components
import Tensors

/// Bayesian optimization: a Gaussian process through the trials so far, and the point where the expected improvement over the
/// best of them is largest.
///
/// Trials that run are believed to give what the process expects, so that several can be proposed at once.
public struct GaussianProcessSampler: Sampler {
  /// Trials that are drawn at random before anything is learned.
  public var startupTrials: Int
  /// Whether the same hyperparameters always give the same objective; otherwise noise is estimated.
  public var isDeterministic: Bool
  /// The points among which a search for the largest expected improvement begins.
  public var candidates: Int

  /// Bayesian optimization.
  public init(startupTrials: Int = 10, deterministic: Bool = false, candidates: Int = 1024) {
    self.startupTrials = startupTrials
    isDeterministic = deterministic
    self.candidates = candidates
  }

  private static let startupParameter = Parameter<Int>(
    "startup-trials", default: 10, "at least 1", help: "Trials drawn at random at first."
  ) { $0 >= 1 }
  private static let deterministicParameter = Parameter<Bool>(
    "deterministic", default: false, help: "Whether the objective has no noise.")
  private static let candidatesParameter = Parameter<Int>(
    "candidates", default: 1024, "at least 1", help: "Points among which the search for the best begins."
  ) { $0 >= 1 }
  static let component = Component<any Sampler>(
    "gp", help: "Expected improvement under a Gaussian process, for few and costly trials.",
    swift: "GaussianProcessSampler(startup-trials, deterministic, candidates)",
    parameters: [startupParameter, deterministicParameter, candidatesParameter]
  ) {
    GaussianProcessSampler(
      startupTrials: $0[startupParameter], deterministic: $0[deterministicParameter],
      candidates: $0[candidatesParameter])
  }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    guard problem.space.count > 0 else { throw .emptySpace }
    guard problem.directions.count == 1 else {
      throw .oneObjectiveOnly(sampler: "gp", objectives: problem.directions.count)
    }
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    GaussianProcessProposer(sampler: self, space: problem.space)
  }
}

private struct GaussianProcessProposer: Proposer {
  let sampler: GaussianProcessSampler
  let space: SearchSpace

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    let rows = history.rankedRows(history.settledRows).filter {
      history.state($0) == .completed && history.loss($0).isFinite
    }
    guard rows.count >= sampler.startupTrials else { return .trial(space.draw(using: &stream)) }
    // Trials that miss constraints count as the worst that keeps them, and a little worse.
    let kept = rows.filter { history.violation($0) == 0 }
    let worst = kept.map { history.loss($0) }.max()
    let losses = rows.map { row in
      history.violation(row) == 0 ? history.loss(row) : max(history.loss(row), worst ?? history.loss(row))
    }
    let mean = Statistics.mean(losses)
    let deviation = Statistics.standardDeviation(losses, correction: 0)
    let values = losses.map { deviation > 0 ? (mean - $0) / deviation : 0 }
    var process = GaussianProcessRegression(
      rows.map { point(history.assignment($0)) }, values,
      isChoice: space.parameters.map { $0.distribution.scaledBounds == nil },
      isDeterministic: sampler.isDeterministic)
    let running = (0..<history.count).filter { history.state($0) == .running }
    for row in running { process = process.believing(point(history.assignment(row))) }
    let best = values.max() ?? 0
    let start = kept.first ?? rows[0]
    return .trial(
      maximum(of: process, over: best, from: history.assignment(start), using: &stream))
  }

  /// Places in the unit cube; choices by their number, the middle for what does not count.
  private func point(_ assignment: Assignment) -> [Double] {
    zip(space.parameters, assignment).map { parameter, value in
      if value.isNaN { return 0.5 }
      return parameter.distribution.scaledBounds == nil ? value : parameter.distribution.unit(of: value)
    }
  }

  /// The assignment with the largest expected improvement: the best of many draws and of the best trial, each improved axis by
  /// axis with steps that are halved until nothing is gained.
  private func maximum(
    of process: GaussianProcessRegression, over best: Double, from incumbent: Assignment,
    using stream: inout RandomStream
  ) -> Assignment {
    func score(_ assignment: Assignment) -> Double {
      let (mean, variance) = process.prediction(point(assignment))
      return GaussianProcessRegression.logExpectedImprovement(mean: mean, variance: variance, over: best)
    }
    let draws = (0..<sampler.candidates).map { _ in space.draw(using: &stream) }
    let scores = draws.map(score)
    let order = draws.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    var found: (assignment: Assignment, score: Double)?
    for start in order.prefix(3).map({ draws[$0] }) + [incumbent] {
      let improved = climbed(from: start, score)
      if improved.score > found?.score ?? -.infinity { found = improved }
    }
    return found?.assignment ?? space.draw(using: &stream)
  }

  private func climbed(
    from start: Assignment, _ score: (Assignment) -> Double
  ) -> (assignment: Assignment, score: Double) {
    var (place, value) = (start, score(start))
    var step = 0.1
    while step > 2e-5 {
      var hasGained = false
      for index in space.parameters.indices where !place[index].isNaN {
        for other in neighbors(of: place[index], index, step) {
          var moved = place
          moved[index] = other
          // Another choice may bring hyperparameters of its own: they begin in the middle.
          moved = space.normalized(
            moved.indices.map {
              moved[$0].isNaN ? space.parameters[$0].distribution.value(atUnit: 0.5) : moved[$0]
            })
          let own = score(moved)
          if own > value {
            (place, value) = (moved, own)
            hasGained = true
          }
        }
      }
      if !hasGained { step /= 3 }
    }
    return (place, value)
  }

  /// The values that are tried in place of one.
  private func neighbors(of value: Double, _ index: Int, _ step: Double) -> [Double] {
    let distribution = space.parameters[index].distribution
    if distribution.isFixed { return [] }
    if case .choice(let names) = distribution {
      return names.indices.map(Double.init).filter { $0 != value }
    }
    let place = distribution.unit(of: value)
    var length = step
    if distribution.step != nil, let count = distribution.valueCount { length = max(step, 1 / Double(count)) }
    let ends = [place - length, place + length].map { distribution.value(atUnit: min(max($0, 0), 1)) }
    return ends.filter { $0 != value }
  }
}
