import Components
import Tensors

/// NSGA-II (Deb et al., 2002) for several objectives: the population are the trials that no other dominates, then those that
/// only these dominate, and so on; within one front those with most room around them.
public struct NSGA2Sampler: Sampler {
  /// The number of trials that breed.
  public var population: Int
  /// How likely a child has two parents.
  public var crossover: Double
  /// How likely a hyperparameter comes from the second parent.
  public var swapping: Double
  /// How likely a hyperparameter is mutated; nil for one in each child on average.
  public var mutation: Double?

  /// NSGA-II.
  public init(population: Int = 50, crossover: Double = 0.9, swapping: Double = 0.5, mutation: Double? = nil)
  {
    self.population = population
    self.crossover = crossover
    self.swapping = swapping
    self.mutation = mutation
  }

  private static let populationParameter = Parameter<Int>(
    "population", default: 50, "at least 2", help: "The number of trials that breed."
  ) { $0 >= 2 }
  private static let swappingParameter = Parameter<Double>(
    "swapping", default: 0.5, "between 0 and 1", help: "How likely a value comes from the second parent."
  ) { $0 >= 0 && $0 <= 1 }
  static let component = Component<any Sampler>(
    "nsga-ii", help: "Breeding for several objectives: fronts that no trial dominates, spread out.",
    swift: "NSGA2Sampler(population, crossover, swapping, mutation)",
    parameters: [
      populationParameter, GeneticSampler.crossoverParameter, swappingParameter,
      GeneticSampler.mutationParameter,
    ]
  ) {
    NSGA2Sampler(
      population: $0[populationParameter], crossover: $0[GeneticSampler.crossoverParameter],
      swapping: $0[swappingParameter], mutation: $0[GeneticSampler.mutationParameter])
  }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    guard problem.space.count > 0 else { throw .emptySpace }
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    BreedingProposer(
      breeding: Breeding(space: problem.space), population: population, tournament: 2, crossover: crossover,
      swapping: swapping, mutation: mutation
    ) { history, count in
      let ranked = history.rankedRows(history.settledRows)
      let feasible = ranked.filter { history.violation($0) == 0 && history.state($0) == .completed }
      // Trials that miss constraints breed only while there are too few that keep them (Deb 2000).
      let best = ParetoRanks.best(count, of: feasible.sorted(), history)
      let taken = Set(best)
      return Array((best + ranked.filter { !taken.contains($0) }).prefix(count))
    }
  }
}
