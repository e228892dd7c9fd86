import Components
import Tensors

/// A population of parameter vectors that are chosen, crossed and changed at random: a real-coded genetic algorithm, for
/// objectives with many valleys or no useful derivative.
///
/// Parents are the best of a few chosen at random. A child's numbers come from its parents' by a crossover, some are
/// then changed by draws of many sizes, `η 2^(−16 u)` times a normal one with u uniform (Mühlenbein and
/// Schlierkamp-Voosen 1993), and the best of a generation live on. One generation an epoch: the objective of all data
/// is computed for each child.
public struct GeneticMinimizer: Minimizer, Hashable, Codable {
  /// How two parents make a child.
  public enum Crossover: String, NamedChoice, Codable {
    /// Uniform between the parents' numbers and half their distance beyond (BLX-0.5: Eshelman and Schaffer 1993).
    case blend
    /// Near one parent or the other, as if bits were crossed (SBX with index 2: Deb and Agrawal 1995).
    case simulatedBinary = "simulated-binary"
  }

  /// The standard deviation of the first population around its start, and the size of the largest changes.
  public var learningRate: Double
  /// The vectors of a generation.
  public var population: Int
  /// How many are drawn for a parent, the best of whom it is.
  public var tournament: Int
  /// How two parents make a child.
  public var crossover: Crossover
  /// The probability that a child has two parents rather than one.
  public var crossoverRate: Double
  /// The probability that a number is changed; nil for one number a child on average.
  public var mutationRate: Double?
  /// How many of the best live on unchanged.
  public var elites: Int

  /// A genetic minimizer.
  public init(
    learningRate: Double = 0.5, population: Int = 50, tournament: Int = 3, crossover: Crossover = .blend,
    crossoverRate: Double = 0.9, mutationRate: Double? = nil, elites: Int = 2
  ) {
    self.learningRate = learningRate
    self.population = population
    self.tournament = tournament
    self.crossover = crossover
    self.crossoverRate = crossoverRate
    self.mutationRate = mutationRate
    self.elites = elites
  }

  private static let rateParameter = Optimizers.learningRate(PresetDefault(0.5))
  private static let populationParameter = Parameter<Int>(
    "population", default: 50, "at least 4", help: "The vectors of a generation."
  ) { $0 >= 4 }
  private static let tournamentParameter = Parameter<Int>(
    "tournament", default: 3, "at least 1", help: "How many are drawn for a parent."
  ) { $0 >= 1 }
  private static let crossoverParameter = Parameter<Crossover>(
    "crossover", default: .blend, help: "How two parents make a child.")
  private static let crossoverRateParameter = Parameter<Double>(
    "crossover-rate", default: 0.9, "between 0 and 1", help: "The probability of two parents."
  ) { (0...1).contains($0) }
  private static let mutationParameter = Parameter<Double?>(
    "mutation-rate", default: .some(nil), "between 0 and 1",
    help: "The probability that a number is changed; none for one number a child."
  ) { $0.map { (0...1).contains($0) } ?? true }
  private static let elitesParameter = Parameter<Int>(
    "elites", default: 2, "at least 1", help: "How many of the best live on."
  ) { $0 >= 1 }
  static let component = Component<any Optimizer>(
    "genetic", help: "A population that is chosen, crossed and changed at random; a generation an epoch.",
    swift:
      "GeneticMinimizer(learning-rate, population, tournament, crossover, crossover-rate, mutation-rate, elites)",
    parameters: [
      rateParameter, populationParameter, tournamentParameter, crossoverParameter, crossoverRateParameter,
      mutationParameter, elitesParameter,
    ]
  ) {
    GeneticMinimizer(
      learningRate: $0[rateParameter], population: $0[populationParameter],
      tournament: $0[tournamentParameter], crossover: $0[crossoverParameter],
      crossoverRate: $0[crossoverRateParameter], mutationRate: $0[mutationParameter],
      elites: $0[elitesParameter])
  }

  public var name: String { "genetic" }
  public var needsGradient: Bool { false }

  public func minimization(from start: [Double], using stream: RandomStream) -> any Minimization {
    GeneticMinimization(from: start, self, key: stream.key)
  }
}

/// A minimization by a genetic algorithm.
private struct GeneticMinimization: Minimization {
  private(set) var iterations = 0
  private let key: UInt64
  private let settings: GeneticMinimizer
  private let start: [Double]
  /// The population, the best first.
  private var members: [Member] = []

  private struct Member: Codable {
    var parameters: [Double]
    var value: Double
  }

  init(from start: [Double], _ settings: GeneticMinimizer, key: UInt64) {
    self.start = start
    self.settings = settings
    self.key = key
  }

  var parameters: [Double] { members.first?.parameters ?? start }
  var value: Double { members.first?.value ?? .nan }

  mutating func iterate(_ objective: some Objective) -> Bool {
    var stream = RandomStream(under: key, iterations)
    iterations += 1
    let size = max(settings.population, 4)
    var next = Array(members.prefix(min(settings.elites, size - 1)))
    while next.count < size {
      let parameters = members.isEmpty ? founder(next.count, using: &stream) : child(using: &stream)
      let value = objective.value(at: parameters)
      next.append(Member(parameters: parameters, value: value.isNaN ? .infinity : value))
    }
    let order = next.indices.sorted { (next[$0].value, $0) < (next[$1].value, $1) }
    members = order.map { next[$0] }
    return !start.isEmpty
  }

  /// A member of the first population; the start itself is one.
  private func founder(_ number: Int, using stream: inout RandomStream) -> [Double] {
    number == 0 ? start : start.map { $0 + settings.learningRate * stream.normal() }
  }

  private func child(using stream: inout RandomStream) -> [Double] {
    let first = parent(using: &stream)
    var child = first
    if stream.uniform() < settings.crossoverRate {
      let second = parent(using: &stream)
      for index in child.indices { child[index] = crossed(first[index], second[index], using: &stream) }
    }
    let rate = settings.mutationRate ?? 1 / Double(max(child.count, 1))
    for index in child.indices where stream.uniform() < rate {
      let size = settings.learningRate * Double.pow(2, -16 * stream.uniform())
      child[index] += size * stream.normal()
    }
    return child
  }

  /// The best of some drawn at random: members are in order, so that the lowest number is the best.
  private func parent(using stream: inout RandomStream) -> [Double] {
    var best = members.count - 1
    for _ in 0..<max(settings.tournament, 1) { best = min(best, stream.integer(below: members.count)) }
    return members[best].parameters
  }

  private func crossed(_ a: Double, _ b: Double, using stream: inout RandomStream) -> Double {
    switch settings.crossover {
    case .blend: return a + (b - a) * stream.uniform(-0.5, 1.5)
    case .simulatedBinary:
      let u = stream.uniform()
      let spread = u < 0.5 ? Double.pow(2 * u, 1.0 / 3) : Double.pow(1 / (2 * (1 - u)), 1.0 / 3)
      return stream.uniform() < 0.5
        ? ((1 + spread) * a + (1 - spread) * b) / 2 : ((1 - spread) * a + (1 + spread) * b) / 2
    }
  }
}

extension Optimizer where Self == GeneticMinimizer {
  /// A population that is chosen, crossed and changed at random.
  public static func genetic(
    learningRate: Double = 0.5, population: Int = 50, tournament: Int = 3,
    crossover: GeneticMinimizer.Crossover = .blend, crossoverRate: Double = 0.9,
    mutationRate: Double? = nil, elites: Int = 2
  ) -> GeneticMinimizer {
    GeneticMinimizer(
      learningRate: learningRate, population: population, tournament: tournament, crossover: crossover,
      crossoverRate: crossoverRate, mutationRate: mutationRate, elites: elites)
  }
}
