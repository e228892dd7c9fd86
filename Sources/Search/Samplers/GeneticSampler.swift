import Components
import Tensors

/// A genetic algorithm: parents win tournaments among the best trials so far; children are crossed from two of them and
/// mutated.
///
/// The population are the best of all known trials, so that none that is good is lost.
public struct GeneticSampler: Sampler {
  /// The number of trials that breed.
  public var population: Int
  /// How many trials a tournament has.
  public var tournament: Int
  /// How likely a child has two parents.
  public var crossover: Double
  /// How likely a hyperparameter is mutated; nil for one in each child on average.
  public var mutation: Double?

  /// A genetic algorithm.
  public init(population: Int = 20, tournament: Int = 2, crossover: Double = 0.9, mutation: Double? = nil) {
    self.population = population
    self.tournament = tournament
    self.crossover = crossover
    self.mutation = mutation
  }

  private static let populationParameter = Parameter<Int>(
    "population", default: 20, "at least 2", help: "The number of trials that breed."
  ) { $0 >= 2 }
  private static let tournamentParameter = Parameter<Int>(
    "tournament", default: 2, "at least 1", help: "The trials of which the best becomes a parent."
  ) { $0 >= 1 }
  static let crossoverParameter = Parameter<Double>(
    "crossover", default: 0.9, "between 0 and 1", help: "How likely a child has two parents."
  ) { $0 >= 0 && $0 <= 1 }
  static let mutationParameter = Parameter<Double?>(
    "mutation", default: .some(nil), "between 0 and 1",
    help: "How likely a hyperparameter is mutated; by itself one in each child."
  ) { $0.map { $0 >= 0 && $0 <= 1 } ?? true }
  static let component = Component<any Sampler>(
    "genetic", help: "Children of the best trials, crossed and mutated.",
    swift: "GeneticSampler(population, tournament, crossover, mutation)",
    parameters: [populationParameter, tournamentParameter, crossoverParameter, mutationParameter]
  ) {
    GeneticSampler(
      population: $0[populationParameter], tournament: $0[tournamentParameter],
      crossover: $0[crossoverParameter], mutation: $0[mutationParameter])
  }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    guard problem.space.count > 0 else { throw .emptySpace }
    guard problem.directions.count == 1 else {
      throw .oneObjectiveOnly(sampler: "genetic", objectives: problem.directions.count)
    }
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    BreedingProposer(
      breeding: Breeding(space: problem.space), population: population, tournament: tournament,
      crossover: crossover, swapping: nil, mutation: mutation
    ) { history, count in Array(history.rankedRows(history.settledRows).prefix(count)) }
  }
}

/// Breeds trials from a population that is chosen anew from all that is known.
struct BreedingProposer: Proposer {
  let breeding: Breeding
  let population: Int
  let tournament: Int
  let crossover: Double
  /// How likely a hyperparameter is taken from the other parent as it is; nil to cross numbers.
  let swapping: Double?
  let mutation: Double?
  /// The best so many rows, the best first.
  let select: @Sendable (_ history: TrialHistory, _ count: Int) -> [Int]

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    let space = breeding.space
    guard history.settledRows.count >= population else { return .trial(space.draw(using: &stream)) }
    let parents = select(history, population)
    guard parents.count > 1 else { return .trial(space.draw(using: &stream)) }
    func parent() -> Assignment {
      let place = (0..<tournament).map { _ in stream.integer(below: parents.count) }.min() ?? 0
      return history.assignment(parents[place])
    }
    let (first, second) = (parent(), parent())
    let isCrossed = stream.uniform() < crossover
    let rate = mutation ?? 1 / Double(space.count)
    let child = space.parameters.indices.map { parameter -> Double in
      var value = first[parameter]
      if isCrossed {
        if let swapping {
          if stream.uniform() < swapping { value = second[parameter] }
        } else {
          value = breeding.crossed(first[parameter], second[parameter], parameter, index: 10, using: &stream)
        }
      }
      let isMutated = stream.uniform() < rate
      return isMutated || value.isNaN
        ? breeding.mutated(value, parameter, index: 10, using: &stream) : value
    }
    return .trial(child)
  }
}
