import Components
import Tensors

/// Differential evolution (Storn and Price 1997): the difference of two members of the population, added to a third, is
/// crossed with a member, whose place it takes if it is no worse.
///
/// Trial n challenges member n mod population, as its outcome is known then.
public struct DifferentialEvolutionSampler: Sampler {
  /// What the difference is added to.
  public enum Strategy: String, Sendable, CaseIterable {
    /// A member drawn at random.
    case random = "rand-1-bin"
    /// The best member.
    case best = "best-1-bin"
  }

  /// The number of members; nil for five for each hyperparameter, at least ten.
  public var population: Int?
  /// What the difference is added to.
  public var strategy: Strategy
  /// What the difference is multiplied with.
  public var weight: Double
  /// How likely a hyperparameter is changed.
  public var crossover: Double

  /// Differential evolution.
  public init(
    population: Int? = nil, strategy: Strategy = .random, weight: Double = 0.7, crossover: Double = 0.9
  ) {
    self.population = population
    self.strategy = strategy
    self.weight = weight
    self.crossover = crossover
  }

  private static let populationParameter = Parameter<Int?>(
    "population", default: .some(nil), "at least 4", help: "The members; five for each hyperparameter."
  ) { $0.map { $0 >= 4 } ?? true }
  private static let strategyParameter = Parameter<Strategy>(
    "strategy", default: .random, help: "What the difference is added to.")
  private static let weightParameter = Parameter<Double>(
    "weight", default: 0.7, "above 0 and at most 2", help: "What the difference is multiplied with."
  ) { $0 > 0 && $0 <= 2 }
  static let component = Component<any Sampler>(
    "differential-evolution", help: "Differences of members, added to others and crossed.",
    swift: "DifferentialEvolutionSampler(population, strategy, weight, crossover)",
    parameters: [populationParameter, strategyParameter, weightParameter, GeneticSampler.crossoverParameter]
  ) {
    DifferentialEvolutionSampler(
      population: $0[populationParameter], strategy: $0[strategyParameter], weight: $0[weightParameter],
      crossover: $0[GeneticSampler.crossoverParameter])
  }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    guard problem.space.count > 0 else { throw .emptySpace }
    guard problem.directions.count == 1 else {
      throw .oneObjectiveOnly(sampler: "differential-evolution", objectives: problem.directions.count)
    }
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    let size = population ?? max(10, 5 * problem.space.count)
    return DifferentialProposer(settings: self, space: problem.space, size: size)
  }
}

extension DifferentialEvolutionSampler.Strategy: NamedChoice {}

private struct DifferentialProposer: Proposer {
  let settings: DifferentialEvolutionSampler
  let space: SearchSpace
  let size: Int
  /// The row of every member, as far as there are any.
  private var members: [Int?]
  private var eventCount = 0

  init(settings: DifferentialEvolutionSampler, space: SearchSpace, size: Int) {
    self.settings = settings
    self.space = space
    self.size = size
    members = Array(repeating: nil, count: size)
  }

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    settle(history)
    let present = members.compactMap { $0 }
    guard number >= size, present.count >= 4 else { return .trial(space.draw(using: &stream)) }
    let best = history.rankedRows(present).first ?? present[0]
    let order = stream.permutation(present.count).map { present[$0] }
    let base = history.assignment(settings.strategy == .best ? best : order[0])
    let (plus, minus) = (history.assignment(order[1]), history.assignment(order[2]))
    let target = history.assignment(members[number % size] ?? order[3])
    let forced = stream.integer(below: space.count)
    let trial = space.parameters.indices.map { index -> Double in
      let u = stream.uniform()
      let distribution = space.parameters[index].distribution
      guard u < settings.crossover || index == forced else {
        return target[index].isNaN ? distribution.draw(using: &stream) : target[index]
      }
      let values = [base[index], plus[index], minus[index]]
      guard !values.contains(where: \.isNaN) else { return distribution.draw(using: &stream) }
      guard distribution.scaledBounds != nil else {
        // Choices have no differences: where two members differ, one of theirs is taken.
        return plus[index] == minus[index] ? base[index] : stream.uniform() < 0.5 ? plus[index] : minus[index]
      }
      let places = values.map(distribution.unit)
      var place = places[0] + settings.weight * (places[1] - places[2])
      // What leaves the interval is drawn between its wall and where it came from.
      if place < 0 { place = places[0] * stream.uniform() }
      if place > 1 { place = 1 - (1 - places[0]) * stream.uniform() }
      return distribution.value(atUnit: place)
    }
    return .trial(trial)
  }

  /// Members that were challenged and are no better give way.
  private mutating func settle(_ history: TrialHistory) {
    for row in history.events[eventCount...] {
      guard let rank = TrialRank(row, in: history) else { continue }
      let slot = row % size
      guard let member = members[slot], let own = TrialRank(member, in: history) else {
        members[slot] = row
        continue
      }
      if rank.isNoWorse(than: own) { members[slot] = row }
    }
    eventCount = history.events.count
  }
}
