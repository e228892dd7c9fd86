import Components
import Tensors

/// Population-based training (Jaderberg and others, arXiv:1711.09846): members train side by side, and at the end of each
/// of some equal stages the worst go on from the training of one of the best, with hyperparameters near its own.
///
/// So hyperparameters change while a network learns; what is found is a schedule of them. A trial is one stage of one
/// member. Values that cannot change during a training, such as the number of units, are taken over as they are.
public struct PopulationSampler: Sampler {
  /// The number of members.
  public var population: Int
  /// The number of stages.
  public var stages: Int
  /// The share that gives way, and the share that it goes on from.
  public var quantile: Double
  /// How often a value is drawn anew in place of a step up or down.
  public var resampling: Double
  /// A value is multiplied by it or divided by it; on a logarithmic scale as well as on a linear one.
  public var factor: Double

  /// Population-based training.
  public init(
    population: Int = 10, stages: Int = 5, quantile: Double = 0.25, resampling: Double = 0.25,
    factor: Double = 1.2
  ) {
    self.population = population
    self.stages = stages
    self.quantile = quantile
    self.resampling = resampling
    self.factor = factor
  }

  private static let populationParameter = Parameter<Int>(
    "population", default: 10, "at least 2", help: "The number of members."
  ) { $0 >= 2 }
  private static let stagesParameter = Parameter<Int>(
    "stages", default: 5, "at least 2", help: "The number of stages of a training."
  ) { $0 >= 2 }
  private static let quantileParameter = Parameter<Double>(
    "quantile", default: 0.25, "above 0 and at most 0.5",
    help: "The share of members that give way to the best."
  ) { $0 > 0 && $0 <= 0.5 }
  private static let resamplingParameter = Parameter<Double>(
    "resampling", default: 0.25, "from 0 to 1", help: "How often a value is drawn anew."
  ) { $0 >= 0 && $0 <= 1 }
  private static let factorParameter = Parameter<Double>(
    "factor", default: 1.2, "above 1", help: "What values are multiplied by or divided by."
  ) { $0 > 1 }
  static let component = Component<any Sampler>(
    "population-based-training", help: "Members that train side by side; the worst go on from the best.",
    swift: "PopulationSampler(population, stages, quantile, resampling, factor)",
    parameters: [
      populationParameter, stagesParameter, quantileParameter, resamplingParameter, factorParameter,
    ]
  ) {
    PopulationSampler(
      population: $0[populationParameter], stages: $0[stagesParameter], quantile: $0[quantileParameter],
      resampling: $0[resamplingParameter], factor: $0[factorParameter])
  }

  public var naturalLag: Int { population - 1 }

  public func trialCount(in space: SearchSpace) -> Int? { population * stages }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    guard problem.space.count > 0 else { throw .emptySpace }
    guard problem.directions.count == 1 else {
      throw .oneObjectiveOnly(sampler: Self.component.name, objectives: problem.directions.count)
    }
    guard problem.fullResource >= stages else {
      throw .trainingNeeded(sampler: Self.component.name, stages: stages)
    }
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    PopulationProposer(sampler: self, problem: problem)
  }
}

/// Leads a population.
private struct PopulationProposer: Proposer {
  let sampler: PopulationSampler
  let problem: SearchProblem

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    let (stage, member) = number.quotientAndRemainder(dividingBy: sampler.population)
    guard stage < sampler.stages else { return .finished }
    let resource = problem.fullResource * (stage + 1) / sampler.stages
    guard stage > 0 else {
      return .trial(problem.space.draw(using: &stream), .init(parent: nil, resource: resource))
    }
    let first = (stage - 1) * sampler.population
    let rows = (first..<first + sampler.population).map(history.row)
    // Members are compared when all of them have come so far.
    guard rows.allSatisfy({ history.state($0) == .failed || !history.reports($0).isEmpty }) else {
      return .wait
    }
    let ranked = history.rankedRows(rows)
    guard !ranked.isEmpty else { return .finished }
    let own = history.row(of: first + member)
    let count = max(1, Int(Double(sampler.population) * sampler.quantile))
    let place = ranked.firstIndex(of: own) ?? ranked.count
    guard place >= sampler.population - count, let index = Self.draw(min(count, ranked.count), &stream)
    else {
      return .trial(history.assignment(own), .init(parent: first + member, resource: resource))
    }
    let best = ranked[index]
    let parent = best - history.earlierCount
    return .trial(explored(history.assignment(best), &stream), .init(parent: parent, resource: resource))
  }

  private static func draw(_ count: Int, _ stream: inout RandomStream) -> Int? {
    count > 0 ? stream.integer(below: count) : nil
  }

  /// Values near others, of what may change.
  private func explored(_ assignment: Assignment, _ stream: inout RandomStream) -> Assignment {
    var result = assignment
    let drawn = problem.space.drawAll(using: &stream)
    for (index, parameter) in problem.space.parameters.enumerated() {
      let (isNew, goesUp) = (stream.uniform() < sampler.resampling, stream.uniform() < 0.5)
      let distribution = parameter.distribution
      guard !problem.frozen.contains(index), !assignment[index].isNaN, distribution.scaledBounds != nil,
        !distribution.isFixed
      else { continue }
      let moved = assignment[index] * (goesUp ? sampler.factor : 1 / sampler.factor)
      let inside = min(max(moved, distribution.value(atUnit: 0)), distribution.value(atUnit: 1))
      result[index] = isNew ? drawn[index] : distribution.value(scaled: distribution.scaled(inside))
    }
    return result
  }
}
