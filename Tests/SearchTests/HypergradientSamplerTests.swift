import Components
import Search
import Tensors
import Testing

/// What every sampler keeps to, for the one that needs derivatives.
@Suite("Hypergradient search")
struct HypergradientSamplerTests {
  private static let space = SearchSpace([
    .init(name: "rate", distribution: .real(low: 1e-4, high: 1e-1, isLog: true)),
    .init(name: "share", distribution: .real(low: -1, high: 2, isLog: false)),
    .init(name: "shift", distribution: .normal(mean: 1, deviation: 0.5)),
    .init(name: "fixed", distribution: .choice(["only"])),
  ])

  /// A bowl with its slopes, by the logarithm of the rate; a narrow part of the space fails.
  private struct Bowl: SearchObjective {
    var sign = 1.0
    var fails = true
    var partCount: Int { 1 }
    var hasGradient: Bool { true }

    func evaluate(_ evaluation: Evaluation, resuming earlier: TrialOutcome?) -> TrialOutcome {
      let point = evaluation.assignment
      let moves = [Double.log(point[0]) + 5, point[1] - 1.2, point[2] - 0.9]
      let value = moves[0] * moves[0] + 2 * moves[1] * moves[1] + moves[2] * moves[2]
      let isNumber = !fails || point[1] > -0.6
      return TrialOutcome(
        value: isNumber ? sign * value : .nan,
        gradient: [sign * 2 * moves[0], sign * 4 * moves[1], sign * 2 * moves[2], 0])
    }

    func outcome(of parts: [TrialOutcome?]) -> TrialOutcome {
      (parts.first ?? nil) ?? TrialOutcome(value: .nan)
    }

    func recorded(_ part: TrialOutcome) -> RecordedValue? {
      .reals(part.values + (part.gradient ?? []))
    }

    func part(recorded value: RecordedValue) -> TrialOutcome? {
      value.numbers.map { TrialOutcome(values: [$0[0]], gradient: Array($0.dropFirst())) }
    }
  }

  private func study(
    _ sampler: any Sampler = HypergradientSampler(), seed: UInt64, count: Int = 60, lag: Int = 0,
    direction: Direction = .minimize
  ) -> Study {
    Study(
      space: Self.space, sampler: sampler, direction: direction, trialCount: count, lag: lag, seed: seed)
  }

  @Test("stays inside the space, the same for the same seed and any number of threads", arguments: [0, 3])
  func inside(lag: Int) throws {
    let study = study(HypergradientSampler(beginsInTheMiddle: false), seed: 4, lag: lag)
    let trials = try study.run(Bowl(), in: SerialPool()).trials
    #expect(trials.count == 60)
    #expect(trials.allSatisfy { Self.space.contains($0.assignment) })
    #expect(try study.run(Bowl(), in: ThreadPool(threads: 2)).trials == trials)
    var other = study
    other.seed = 5
    #expect(try other.run(Bowl(), in: SerialPool()).trials.map(\.assignment) != trials.map(\.assignment))
  }

  @Test("is indifferent to which way is good if the objective is turned around")
  func directions() throws {
    let down = try study(seed: 2).run(Bowl(), in: SerialPool()).trials
    let up = try study(seed: 2, direction: .maximize).run(Bowl(sign: -1), in: SerialPool()).trials
    #expect(down.map(\.assignment) == up.map(\.assignment))
    #expect(zip(down, up).allSatisfy { $0.gradient == $1.gradient?.map { -$0 } })
  }

  @Test("proposes what another proposer with the same history proposes", arguments: [0, 3])
  func restarts(lag: Int) throws {
    let study = study(seed: 7, lag: lag)
    let trials = try study.run(Bowl(), in: SerialPool()).trials
    var problem = SearchProblem(space: Self.space, seed: 7, lag: lag, trialCount: 60)
    problem.hasGradient = true
    for number in [0, 5, 17, 38, 59] {
      var history = TrialHistory(space: Self.space, directions: [.minimize])
      for trial in trials.prefix(number) { history.append(trial.assignment) }
      for trial in trials.prefix(max(0, number - lag)) { history.reveal(trial) }
      var proposer = study.sampler.proposer(for: problem)
      var stream = problem.stream(number)
      let proposal = proposer.propose(number, given: history, using: &stream)
      guard case .trial(let found, _) = proposal else {
        Issue.record("nothing is proposed for trial \(number)")
        continue
      }
      #expect(Self.space.normalized(found) == trials[number].assignment, "trial \(number)")
    }
  }

  @Test("goes down a bowl far below what chance finds")
  func bowl() throws {
    func median(_ sampler: any Sampler) throws -> Double {
      let bests = try (0..<7).map { seed -> Double in
        let study = study(sampler, seed: UInt64(seed), count: 40)
        let trials = try study.run(Bowl(fails: false), in: SerialPool()).trials
        return study.best(of: trials)?.value ?? .infinity
      }
      return Statistics.quantile(bests, 0.5)
    }
    let sampler = HypergradientSampler(beginsInTheMiddle: false)
    #expect(try median(sampler) < 1e-3 * median(RandomSampler()))
  }

  @Test("says what it cannot search, and how else it can be searched")
  func refusals() {
    func problem(_ distribution: Distribution, hasGradient: Bool = true) -> (String, String?)? {
      var problem = SearchProblem(
        space: SearchSpace([.init(name: "units", distribution: distribution)]), seed: 0)
      problem.hasGradient = hasGradient
      do throws(SamplerError) {
        try HypergradientSampler().check(problem)
        return nil
      } catch { return (error.sentence, error.hint) }
    }
    let line = Distribution.real(low: 0, high: 1, isLog: false)
    #expect(problem(line) == nil)
    let needs = problem(line, hasGradient: false)
    #expect(needs?.0 == "hypergradient needs the derivative of the objective")
    let steps = "hypergradient goes down slopes, but the values of units have steps between them"
    let whole = problem(.integer(low: 1, high: 8, step: 1, isLog: false))
    #expect(whole?.0 == steps)
    #expect(whole?.1 == "tpe, genetic and random search whole numbers, too")
    #expect(problem(.real(low: 0, high: 1, step: 0.25, isLog: false))?.0 == steps)
    #expect(
      problem(.choice(["a", "b"]))?.0 == "hypergradient moves numbers, but all hyperparameters are choices")
    #expect(throws: SamplerError.gradientNeeded(sampler: "hypergradient")) {
      try study(seed: 1).run(parts: 1, in: SerialPool(), evaluate: { _, _ in 0 }, combine: { $0[0] })
    }
  }
}
