import Components
import Tensors

/// CMA-ES: draws from a normal distribution that follows the best trials of each generation, and adapts its covariance.
///
/// Generations are the known trials in the order in which they became known, so that trials which were on their way when a
/// generation ended count in the next. Whole numbers keep a probability of at least 1/(d λ) to change (after Hamano and others
/// 2022); choices are drawn at random, as the method has no order for them.
public struct CMAESSampler: Sampler {
  /// What happens when nothing more is to be gained.
  public enum Restarts: String, Sendable, CaseIterable {
    /// The last distribution is drawn from on.
    case none
    /// It begins anew elsewhere with twice as many points (Auger and Hansen 2005).
    case ipop
  }

  /// The number of trials in a generation; nil for 4 + ⌊3 ln d⌋.
  public var population: Int?
  /// The standard deviation at the beginning, as a share of the range.
  public var sigma: Double
  /// What happens when nothing more is to be gained.
  public var restarts: Restarts

  /// CMA-ES.
  public init(population: Int? = nil, sigma: Double = 1.0 / 6, restarts: Restarts = .ipop) {
    self.population = population
    self.sigma = sigma
    self.restarts = restarts
  }

  private static let populationParameter = Parameter<Int?>(
    "population", default: .some(nil), "at least 4", help: "The trials of a generation; 4 + 3 ln d."
  ) { $0.map { $0 >= 4 } ?? true }
  private static let sigmaParameter = Parameter<Double>(
    "sigma", default: 1.0 / 6, "above 0 and at most 1", help: "The spread at first, as a share of the range."
  ) { $0 > 0 && $0 <= 1 }
  private static let restartsParameter = Parameter<Restarts>(
    "restarts", default: .ipop, help: "What happens when nothing more is to be gained.")
  static let component = Component<any Sampler>(
    "cma-es", help: "A normal distribution that adapts its covariance to the best trials.",
    swift: "CMAESSampler(population, sigma, restarts)",
    parameters: [populationParameter, sigmaParameter, restartsParameter]
  ) {
    CMAESSampler(
      population: $0[populationParameter], sigma: $0[sigmaParameter], restarts: $0[restartsParameter])
  }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    try checkWalk(problem, name: "cma-es")
  }

  public func proposer(for problem: SearchProblem) -> any Proposer { CMAESProposer(self, problem) }
}

extension CMAESSampler.Restarts: NamedChoice {}

private struct CMAESProposer: Proposer {
  private let sampler: CMAESSampler
  private let problem: SearchProblem
  private let space: WalkedSpace
  private var state: CovarianceAdaptation
  private var initialSigma: Double
  /// The rows of the generation that is not complete yet, and how far events have been read.
  private var open: [Int] = []
  private var eventCount = 0
  private var restarts = 0
  /// The best loss of each generation since the last restart.
  private var bests: [Double] = []

  init(_ sampler: CMAESSampler, _ problem: SearchProblem) {
    self.sampler = sampler
    self.problem = problem
    space = WalkedSpace(problem.space)
    initialSigma = sampler.sigma
    state = CovarianceAdaptation(
      mean: [Double](repeating: 0.5, count: space.numbers.count), sigma: sampler.sigma,
      population: sampler.population)
  }

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    if eventCount == 0, history.earlierCount > 0 { warmStart(history) }
    learn(history)
    let margins = (0..<state.dimension).map(margin)
    var point: [Double] = []
    for attempt in 0...10 * state.dimension {
      let step = state.step((0..<state.dimension).map { _ in stream.normal() })
      point = (0..<state.dimension).map { state.mean[$0] + margins[$0] * state.sigma * step[$0] }
      if point.allSatisfy({ $0 >= 0 && $0 <= 1 }) { break }
      if attempt == 10 * state.dimension { point = point.map { min(max($0, 0), 1) } }
    }
    return .trial(
      space.assignment(point, like: problem.space.parameters.map { $0.distribution.draw(using: &stream) }))
  }

  /// How much wider a whole number is drawn so that it leaves its cell with a probability of 1/(d λ) at least.
  private func margin(_ axis: Int) -> Double {
    let distribution = problem.space.parameters[space.numbers[axis]].distribution
    guard distribution.step != nil else { return 1 }
    let value = distribution.value(atUnit: state.mean[axis])
    guard let (low, high) = ParzenAxis.cell(of: value, distribution), let bounds = distribution.scaledBounds
    else { return 1 }
    let range = bounds.high - bounds.low
    let edges = [(low - bounds.low) / range, (high - bounds.low) / range].filter {
      $0 > 1e-9 && $0 < 1 - 1e-9
    }
    guard let distance = edges.map({ ($0 - state.mean[axis]).magnitude }).min() else { return 1 }
    let least = 1 / Double(state.dimension * state.population)
    let needed = distance / NormalDistribution.quantile(1 - least)
    let deviation = state.deviation(axis)
    return deviation > 0 && deviation < needed ? needed / deviation : 1
  }

  /// The points of rows; what did not count stays at the mean.
  private func point(_ row: Int, _ history: TrialHistory) -> [Double] {
    let assignment = history.assignment(row)
    return zip(space.point(assignment), space.numbers).enumerated().map { axis, pair in
      assignment[pair.1].isNaN ? state.mean[axis] : pair.0
    }
  }

  private mutating func learn(_ history: TrialHistory) {
    for row in history.events[eventCount...] where row >= history.earlierCount {
      guard history.state(row) != .running else { continue }
      open.append(row)
      guard open.count == state.population else { continue }
      let ranked = history.rankedRows(open)
      let taken = Set(ranked)
      let order = ranked + open.filter { !taken.contains($0) }
      state.learn(order.map { point($0, history) })
      bests.append(order.first.map { history.loss($0) } ?? .infinity)
      open = []
      if !state.isUsable || hasEnded && sampler.restarts == .ipop { restart() }
    }
    eventCount = history.events.count
  }

  /// Whether nothing is gained any more.
  private var hasEnded: Bool {
    if state.hasEnded(initialSigma: initialSigma) { return true }
    let window = 10 + (30 * state.dimension + state.population - 1) / state.population
    guard bests.count >= window else { return false }
    let last = bests.suffix(window)
    guard let least = last.min(), let most = last.max(), most.isFinite else { return false }
    return most - least < 1e-12
  }

  private mutating func restart() {
    restarts += 1
    bests = []
    var stream = RandomStream(under: problem.stream(0).key, restarts)
    initialSigma = sampler.sigma
    state = CovarianceAdaptation(
      mean: (0..<state.dimension).map { _ in stream.uniform() }, sigma: sampler.sigma,
      population: state.population * 2)
  }

  /// Begins with the normal distribution of the best tenth of an earlier search, widened by a tenth of the range (Nomura and
  /// others 2021).
  private mutating func warmStart(_ history: TrialHistory) {
    let rows = history.rankedRows(Array(0..<history.earlierCount))
    let best = rows.prefix(max(1, (rows.count + 9) / 10)).map { point($0, history) }
    guard !best.isEmpty else { return }
    let count = state.dimension
    let mean = (0..<count).map { axis in Statistics.mean(best.map { $0[axis] }) }
    var covariance = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0..<count {
        let sum = best.reduce(0) { $0 + ($1[row] - mean[row]) * ($1[column] - mean[column]) }
        covariance[row * count + column] = sum / Double(best.count) + (row == column ? 0.01 : 0)
      }
    }
    let scale = (0..<count).reduce(0) { $0 + covariance[$1 * count + $1] } / Double(count)
    initialSigma = scale.squareRoot()
    state = CovarianceAdaptation(
      mean: mean, sigma: initialSigma, population: sampler.population,
      covariance: covariance.map { $0 / scale })
  }
}
