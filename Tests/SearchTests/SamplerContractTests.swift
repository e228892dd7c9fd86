import Components
import Search
import Tensors
import Testing

@Suite("Every sampler")
struct SamplerContractTests {
  private static let space = SearchSpace([
    .init(name: "rate", distribution: .real(low: 1e-4, high: 1e-1, isLog: true)),
    .init(name: "share", distribution: .real(low: -1, high: 2, isLog: false)),
    .init(name: "units", distribution: .integer(low: 8, high: 64, step: 8, isLog: false)),
    .init(name: "layers", distribution: .integer(low: 1, high: 6, step: 1, isLog: false)),
    .init(name: "width", distribution: .integer(low: 1, high: 300, step: 1, isLog: true)),
    .init(name: "activation", distribution: .choice(["tanh", "relu", "sigmoid"])),
  ])

  /// All but those that need more than a value of every trial.
  private static let names = Samplers.catalog.names.filter {
    !["population-based-training", "hypergradient"].contains($0)
  }

  private func sampler(_ name: String) throws -> any Sampler {
    try Samplers.catalog.decode(
      RecipeNode(.scalar(name, isQuoted: false), at: SourcePosition(file: "test", line: 1)))
  }

  /// A bowl around one point of the space, with failures here and there.
  private static func objective(_ assignment: Assignment) -> Double {
    if Int(assignment[4]) % 7 == 3 { return .nan }
    let a = Double.log(assignment[0]) + 5
    let b = assignment[1] - 1
    return a * a + b * b + (assignment[2] / 8 - 4) * (assignment[2] / 8 - 4) / 10 + assignment[5]
  }

  private func trials(_ name: String, seed: UInt64, count: Int = 80) throws -> [Trial] {
    let study = Study(
      space: Self.space, sampler: try sampler(name), direction: .minimize, trialCount: count, lag: 3,
      seed: seed)
    return try study.run(
      parts: 1, in: SerialPool(), evaluate: { assignment, _ in Self.objective(assignment) },
      combine: { $0[0] })
  }

  @Test("stays inside the space", arguments: names)
  func insideTheSpace(name: String) throws {
    for seed in 0..<3 as Range<UInt64> {
      let trials = try trials(name, seed: seed)
      #expect(trials.map(\.number) == Array(0..<80))
      for trial in trials {
        for (parameter, value) in zip(Self.space.parameters, trial.assignment) {
          #expect(parameter.distribution.contains(value), "\(parameter.name)")
        }
      }
    }
  }

  @Test(
    "proposes the same for the same seed, and something else for another", arguments: names)
  func seeds(name: String) throws {
    let first = try trials(name, seed: 5, count: 30).map(\.assignment)
    #expect(try trials(name, seed: 5, count: 30).map(\.assignment) == first)
    let other = try trials(name, seed: 6, count: 30).map(\.assignment)
    // A grid has nothing to draw.
    #expect(name == "grid" || other != first)
  }

  /// Those that keep the choices that they begin with.
  private static let walkers = ["simulated-annealing", "nelder-mead", "cost-frugal"]

  @Test(
    "reaches both ends of whole numbers and every choice",
    arguments: names.filter { !walkers.contains($0) && $0 != "gp" })
  func ends(name: String) throws {
    let space = SearchSpace([
      .init(name: "units", distribution: .integer(low: 2, high: 8, step: 3, isLog: false)),
      .init(name: "width", distribution: .integer(low: 1, high: 4, step: 1, isLog: true)),
      .init(name: "kind", distribution: .choice(["a", "b", "c"])),
    ])
    let study = Study(
      space: space, sampler: try sampler(name), direction: .maximize, trialCount: 120, lag: 0, seed: 1)
    let trials = try study.run(parts: 1, in: SerialPool(), evaluate: { _, _ in 0 }, combine: { $0[0] })
    #expect(Set(trials.map { $0.assignment[0] }) == [2, 5, 8])
    #expect(Set(trials.map { $0.assignment[1] }) == [1, 2, 3, 4])
    #expect(Set(trials.map { $0.assignment[2] }) == [0, 1, 2])
  }

  @Test(
    "is indifferent to which way is good if the objective is turned around", arguments: names
  )
  func directions(name: String) throws {
    func assignments(_ direction: Direction, _ sign: Double) throws -> [Assignment] {
      let study = Study(
        space: Self.space, sampler: try sampler(name), direction: direction, trialCount: 40, lag: 0, seed: 2)
      return try study.run(
        parts: 1, in: SerialPool(), evaluate: { assignment, _ in sign * Self.objective(assignment) },
        combine: { $0[0] }
      ).map(\.assignment)
    }
    #expect(try assignments(.minimize, 1) == assignments(.maximize, -1))
  }

  /// A space of everything that there is.
  private static let mixed = SearchSpace([
    .init(name: "rate", distribution: .real(low: 1e-4, high: 1e-1, isLog: true)),
    .init(name: "kind", distribution: .choice(["a", "b"])),
    .init(name: "step", distribution: .real(low: 0, high: 1, step: 0.25, isLog: false)),
    .init(
      name: "depth", distribution: .integer(low: 1, high: 9, step: 1, isLog: false),
      condition: .init(parameter: 1, choice: 1)),
    .init(name: "shift", distribution: .normal(mean: 1, deviation: 0.5)),
    .init(name: "fixed", distribution: .choice(["only"])),
  ])

  @Test(
    "proposes what another proposer with the same history proposes, in a space of everything",
    arguments: names, [0, 3])
  func restarts(name: String, lag: Int) throws {
    let sampler = try sampler(name)
    let count = name == "gp" ? 24 : 60
    let study = Study(
      space: Self.mixed, sampler: sampler, direction: .maximize, trialCount: count, lag: lag, seed: 7)
    let trials = try study.run(
      parts: 1, in: SerialPool(),
      evaluate: { point, _ in
        if point[2] == 0.25, point[4] > 1 { return .nan }
        let depth = point[3].isNaN ? 3 : point[3]
        return -(Double.log10(point[0]) + 2).magnitude - point[1] - (depth - 6) * (depth - 6) / 10 + point[4]
      }, combine: { $0[0] })
    #expect(trials.count == count)
    #expect(trials.allSatisfy { Self.mixed.contains($0.assignment) })
    let problem = SearchProblem(
      space: Self.mixed, directions: [.maximize], seed: 7, lag: lag, trialCount: count)
    for number in [0, 5, 11, 17, 23, 38, 59] where number < count {
      var history = TrialHistory(space: Self.mixed, directions: [.maximize])
      for trial in trials.prefix(number) { history.append(trial.assignment) }
      for trial in trials.prefix(max(0, number - lag)) { history.reveal(trial) }
      var proposer = sampler.proposer(for: problem)
      var stream = problem.stream(number)
      guard case .trial(let found, _) = proposer.propose(number, given: history, using: &stream) else {
        Issue.record("\(name) proposes nothing for trial \(number)")
        continue
      }
      let proposal = Self.mixed.normalized(found)
      let isSame = zip(proposal, trials[number].assignment).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
      #expect(isSame, "\(name), trial \(number): \(proposal), not \(trials[number].assignment)")
    }
  }

  @Test(
    "finds a bowl better than chance does",
    arguments: names.filter {
      !["random", "grid", "nsga-ii", "sobol", "halton"].contains($0)
    })
  func bowl(name: String) throws {
    let space = SearchSpace(
      (0..<3).map { .init(name: "x\($0)", distribution: .real(low: -1, high: 1, isLog: false)) })
    func median(_ name: String) throws -> Double {
      let sampler = try sampler(name)
      let bests = try (0..<11).map { seed -> Double in
        let study = Study(
          space: space, sampler: sampler, direction: .minimize, trialCount: name == "gp" ? 20 : 90, lag: 0,
          seed: UInt64(seed))
        let trials = try study.run(
          parts: 1, in: SerialPool(),
          evaluate: { point, _ in point.reduce(0) { $0 + ($1 - 0.41) * ($1 - 0.41) } }, combine: { $0[0] })
        return study.best(of: trials)?.value ?? .infinity
      }
      return Statistics.quantile(bests, 0.5)
    }
    #expect(try median(name) < median("random"))
  }
}

@Suite("Random search")
struct RandomSamplerTests {
  /// Draws of one hyperparameter.
  private func draws(_ distribution: Distribution, _ count: Int) -> [Double] {
    let space = SearchSpace([.init(name: "p", distribution: distribution)])
    return (0..<count).map { number in
      var stream = RandomStream(seed: 11, .sampler, number)
      return space.draw(using: &stream)[0]
    }
  }

  @Test("draws logarithms evenly")
  func logarithms() {
    let values = draws(.real(low: 1e-4, high: 1, isLog: true), 8000).map { Double.log10($0) }
    // The mean of a uniform distribution from −4 to 0 and its standard error, times five.
    #expect(abs(Statistics.mean(values) + 2) < 5 * 4 / (12 * 8000.0).squareRoot())
    for edge in [-3.0, -2, -1] {
      let share = Double(values.count { $0 < edge }) / 8000
      #expect(abs(share - (edge + 4) / 4) < 0.03)
    }
  }

  @Test("draws whole numbers of a logarithmic interval in proportion to the logarithm of their cells")
  func logarithmicIntegers() {
    let values = draws(.integer(low: 1, high: 8, step: 1, isLog: true), 16000)
    for number in 1...8 {
      let probability = Double.log((Double(number) + 0.5) / (Double(number) - 0.5)) / Double.log(8.5 / 0.5)
      let frequency = Double(values.count { $0 == Double(number) }) / 16000
      #expect(abs(frequency - probability) < 5 * (probability * (1 - probability) / 16000).squareRoot())
    }
  }

  @Test("finds the best twentieth of a space with sixty draws as often as theory says")
  func hitRate() throws {
    let study = Study(
      space: SearchSpace([.init(name: "p", distribution: .real(low: 0, high: 1, isLog: false))]),
      sampler: RandomSampler(), direction: .minimize, trialCount: 60, seed: 0)
    let runs = 400
    let hits = try (0..<runs).count { seed in
      var study = study
      study.seed = UInt64(seed)
      let trials = try study.run(
        parts: 1, in: SerialPool(), evaluate: { point, _ in point[0] }, combine: { $0[0] })
      return trials.contains { $0.value < 0.05 }
    }
    // 1 − 0.95⁶⁰ and five standard deviations of the binomial distribution.
    let probability = 0.953930
    #expect(
      abs(Double(hits) / Double(runs) - probability) < 5
        * (probability * (1 - probability) / 400).squareRoot())
  }
}
