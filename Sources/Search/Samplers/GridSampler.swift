import Components
import Tensors

/// Tries all combinations of some values of every hyperparameter, and again around the best one, as many rounds as wanted.
///
/// Numbers have equally spaced values on their scale, ends included; a round of the grid lies around the best trial so far and
/// reaches to its neighbors of the round before, so that R rounds of n values of m numbers cost R · n^m trials and tell a
/// number to (2/(n − 1))^R of half the range. Choices have all their values in every round.
public struct GridSampler: Sampler {
  /// The number of values of every number.
  public var points: Int
  /// The number of rounds.
  public var rounds: Int

  /// A grid.
  public init(points: Int = 5, rounds: Int = 1) {
    self.points = points
    self.rounds = rounds
  }

  private static let pointsParameter = Parameter<Int>(
    "points", default: 5, "at least 2", help: "The values of every number."
  ) { $0 >= 2 }
  private static let roundsParameter = Parameter<Int>(
    "rounds", default: 1, "at least 1", help: "How often a finer grid is laid around the best trial."
  ) { $0 >= 1 }
  static let component = Component<any Sampler>(
    "grid", help: "All combinations, on the scale of each; rounds zoom in around the best.",
    swift: "GridSampler(points, rounds)", parameters: [pointsParameter, roundsParameter]
  ) { GridSampler(points: $0[pointsParameter], rounds: $0[roundsParameter]) }

  /// The most trials that a round may have.
  package static let mostPoints = 1_000_000.0

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    guard problem.space.count > 0 else { throw .emptySpace }
    let size = problem.space.parameters.reduce(1) { size, parameter in
      size * Double(axis(parameter.distribution, around: nil, round: 0).count)
    }
    guard size <= Self.mostPoints else { throw .gridTooLarge(points: size) }
  }

  /// Later rounds have as many trials, unless whole numbers lie so close that some fall together: a bound then.
  public func trialCount(in space: SearchSpace) -> Int? {
    rounds * combinations(space, around: nil, round: 0).count
  }

  public func proposer(for problem: SearchProblem) -> any Proposer { GridProposer(self, problem) }

  /// The values of a hyperparameter in a round.
  private func axis(_ distribution: Distribution, around best: Double?, round: Int) -> [Double] {
    if case .choice(let names) = distribution { return names.indices.map(Double.init) }
    if distribution.isFixed { return [distribution.value(atUnit: 0.5)] }
    var (low, high) = ends(distribution)
    if let best, !best.isNaN, round > 0 {
      let spacing = (0..<round - 1).reduce((high - low) / Double(points - 1)) { width, _ in
        2 * width / Double(points - 1)
      }
      let center = place(best, distribution)
      (low, high) = (max(low, center - spacing), min(high, center + spacing))
    }
    var values: [Double] = []
    for index in 0..<points {
      let share = Double(index) / Double(points - 1)
      // The last value is the end itself, not what rounding leaves of it.
      let value = value(index == points - 1 ? high : low + share * (high - low), distribution)
      if values.last != value { values.append(value) }
    }
    return values
  }

  /// Numbers of a normal distribution are spaced by their probability, all others on their scale.
  private func ends(_ distribution: Distribution) -> (low: Double, high: Double) {
    switch distribution {
    case .normal:
      let edge = 0.5 / Double(points)
      return (edge, 1 - edge)
    case .real(let low, let high, nil, _): return (distribution.scaled(low), distribution.scaled(high))
    case .real(let low, _, let step?, _):
      return (low, low + step * Double((distribution.valueCount ?? 1) - 1))
    case .integer(let low, let high, _, _):
      return (distribution.scaled(Double(low)), distribution.scaled(Double(high)))
    case .choice: return (0, 1)
    }
  }

  private func place(_ value: Double, _ distribution: Distribution) -> Double {
    if case .normal = distribution { return distribution.unit(of: value) }
    return distribution.scaled(value)
  }

  private func value(_ place: Double, _ distribution: Distribution) -> Double {
    if case .normal = distribution { return distribution.value(atUnit: place) }
    return distribution.value(scaled: place)
  }

  /// All assignments of a round, the last hyperparameter changing fastest; nothing twice.
  func combinations(_ space: SearchSpace, around best: Assignment?, round: Int) -> [Assignment] {
    var found: [Assignment] = [[]]
    for (index, parameter) in space.parameters.enumerated() {
      let values = axis(parameter.distribution, around: best?[index], round: round)
      found = found.flatMap { partial -> [Assignment] in
        if let condition = parameter.condition {
          let choice = partial[condition.parameter]
          guard !choice.isNaN, Int(choice) == condition.choice else { return [partial + [.nan]] }
        }
        return values.map { partial + [$0] }
      }
    }
    return found
  }
}

/// Goes through the rounds.
private struct GridProposer: Proposer {
  private let sampler: GridSampler
  private let problem: SearchProblem
  private var round: [Assignment]
  private var roundNumber = 0
  /// The trials of the rounds before.
  private var offset: Int

  init(_ sampler: GridSampler, _ problem: SearchProblem) {
    self.sampler = sampler
    self.problem = problem
    round = sampler.combinations(problem.space, around: nil, round: 0)
    offset = problem.enqueuedCount
  }

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    while number - offset >= round.count {
      guard roundNumber + 1 < sampler.rounds else { return .finished }
      let rows = 0..<history.row(of: offset + round.count)
      guard rows.allSatisfy({ history.state($0) != .running }) else { return .wait }
      let best = rows.compactMap { TrialRank($0, in: history) }.min()
      guard let best else { return .finished }
      offset += round.count
      roundNumber += 1
      round = sampler.combinations(
        problem.space, around: history.assignment(best.row), round: roundNumber)
    }
    return .trial(round[number - offset])
  }
}
