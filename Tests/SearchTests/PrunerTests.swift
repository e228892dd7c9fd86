import Components
import Foundation
import Search
import Tensors
import Testing

@Suite("Pruners")
struct PrunerTests {
  private static let space = SearchSpace([
    .init(name: "x", distribution: .real(low: 0, high: 1, isLog: false))
  ])

  /// A trial of a bowl whose training comes nearer to its value the longer it goes, and remembers how far it went.
  private struct Bowl: SearchObjective {
    /// How far a part has been trained, by which tasks.
    struct Part: Sendable, Hashable {
      var resource: Int
      var starts: Int
      var value: Double
    }

    var partCount = 1
    var fullResource = 81

    func evaluate(_ evaluation: Evaluation, resuming earlier: Part?) throws -> Part {
      let x = evaluation.assignment[0]
      let value = (x - 0.3) * (x - 0.3) + Double(evaluation.part) * 0.01 + 1 / Double(evaluation.resource)
      return Part(resource: evaluation.resource, starts: (earlier?.starts ?? 0) + 1, value: value)
    }

    func outcome(of parts: [Part?]) -> TrialOutcome {
      let values = parts.map { $0?.value ?? .nan }
      return TrialOutcome(value: Statistics.mean(values), parts: values)
    }
  }

  private func study(_ pruner: any Pruner, trials: Int?, lag: Int = 0, seed: UInt64 = 1) -> Study {
    Study(
      space: Self.space, sampler: RandomSampler(), directions: [.minimize],
      budget: StudyBudget(trials: trials), knowledge: .lag(lag), pruner: pruner, seed: seed)
  }

  @Test("Hyperband starts the trials of its paper: 81, 34, 15, 8 and 5, each stage a third of the one before")
  func hyperbandTable() throws {
    let brackets = Halving(kind: .hyperband, factor: 3, minimumResource: 1).brackets(81)
    #expect(brackets.map(\.trialCount) == [81, 34, 15, 8, 5])
    #expect(brackets.map(\.resources.first) == [1, 3, 9, 27, 81])
    #expect(brackets[0].resources == [1, 3, 9, 27, 81])
    let outcome = try study(HalvingPruner(.hyperband), trials: 143).run(Bowl(), in: SerialPool())
    // The first bracket keeps 81, 27, 9, 3 and 1 at its stages.
    let first = outcome.trials.prefix(81)
    let reached = [1, 3, 9, 27, 81].map { stage in first.count { $0.reports.contains { $0.step == stage } } }
    #expect(reached == [81, 27, 9, 3, 1])
    #expect(outcome.trials.count == 143)
    let lengths = outcome.trials.suffix(5).map(\.reports.count)
    #expect(lengths == [1, 1, 1, 1, 1])
  }

  @Test("Successive halving goes on with the best share and ends with one trial")
  func successiveHalving() throws {
    let outcome = try study(HalvingPruner(.synchronous, factor: 3, minimumResource: 9), trials: 27).run(
      Bowl(), in: SerialPool())
    let stages = [9, 27, 81].map { stage in
      outcome.trials.filter { $0.reports.contains { $0.step == stage } }
    }
    #expect(stages.map(\.count) == [27, 9, 3])
    // Those that went on were the best of their stage.
    let ranked = stages[0].sorted { $0.reports[0].value < $1.reports[0].value }
    #expect(Set(ranked.prefix(9).map(\.number)) == Set(stages[1].map(\.number)))
    #expect(outcome.trials.count { $0.state == .completed } == 3)
    #expect(outcome.trials.count { $0.state == .pruned } == 24)
  }

  @Test("Asynchronous halving pauses trials and goes on with them where they stopped", arguments: [0, 3, 8])
  func asynchronousHalving(lag: Int) throws {
    let study = study(HalvingPruner(.asynchronous, factor: 3, minimumResource: 3), trials: 40, lag: lag)
    let expected = try study.run(Bowl(), in: SerialPool())
    #expect(expected.trials.contains { $0.state == .completed })
    for trial in expected.trials {
      // No stage is left out.
      #expect(trial.reports.map(\.step) == Array([3, 9, 27, 81].prefix(trial.reports.count)))
    }
    for threads in [2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      let outcome = try study.run(Bowl(), in: pool)
      #expect(outcome.trials == expected.trials)
      #expect(outcome.evaluations == expected.evaluations)
    }
    // The same work as that of a whole training for each trial would have been 40.
    #expect(expected.evaluations < 15)
  }

  @Test("A trial stops between folds, and the folds behind it do not count, whoever computed them")
  func folds() throws {
    let objective = Bowl(partCount: 5, fullResource: 1)
    let study = study(MedianPruner(), trials: 60, lag: 4)
    let expected = try study.run(objective, in: SerialPool())
    let pruned = expected.trials.filter { $0.state == .pruned }
    #expect(pruned.count > 10)
    #expect(pruned.allSatisfy { $0.parts.count < 5 && $0.parts.count == $0.reports.count })
    #expect(expected.trials.filter { $0.state == .completed }.allSatisfy { $0.parts.count == 5 })
    // The first five trials run to their end.
    #expect(expected.trials.prefix(5).allSatisfy { $0.state == .completed })
    #expect(expected.evaluations == expected.trials.reduce(0) { $0 + Double($1.parts.count) })
    for threads in [2, 4] {
      let pool = ThreadPool(threads: threads)
      defer { pool.close() }
      #expect(try study.run(objective, in: pool).trials == expected.trials)
    }
  }

  // MARK: Rules

  private func known(_ reports: [[Double]]) -> KnownTrials {
    let trials = reports.enumerated().map { number, values in
      Trial(
        number: number, assignment: [0.5], values: [values[values.count - 1]], parts: values,
        reports: values.enumerated().map { .init(step: $0.offset + 1, value: $0.element) })
    }
    return KnownTrials(TrialHistory(space: Self.space, directions: [.minimize], trials: trials))
  }

  private func running(_ values: [Double], direction: Direction = .minimize) -> RunningTrial {
    RunningTrial(
      number: 99, reports: values.enumerated().map { .init(step: $0.offset + 1, value: $0.element) },
      parts: values, stepCount: 10, direction: direction)
  }

  @Test("The median rule compares the best so far with the median behind the same step")
  func median() {
    let others = known([[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]])
    let pruner = MedianPruner(startupTrials: 5)
    #expect(!pruner.prunes(running([3]), given: others))
    #expect(pruner.prunes(running([3.1]), given: others))
    // What it was once counts.
    #expect(!pruner.prunes(running([2, 9]), given: others))
    #expect(!MedianPruner(startupTrials: 6).prunes(running([9]), given: others))
    #expect(!MedianPruner(startupTrials: 5, warmupSteps: 1).prunes(running([9]), given: others))
    #expect(PercentilePruner(25, startupTrials: 5).prunes(running([2.1]), given: others))
    #expect(!PercentilePruner(25, startupTrials: 5).prunes(running([2]), given: others))
  }

  @Test("Thresholds are those of the objective as it is written, and NaN leaves every interval")
  func threshold() {
    let nothing = known([[1]])
    #expect(ThresholdPruner(upper: 2).prunes(running([1, 3]), given: nothing))
    #expect(!ThresholdPruner(upper: 2).prunes(running([3, 1]), given: nothing))
    #expect(ThresholdPruner(lower: 0.5).prunes(running([-0.4], direction: .maximize), given: nothing))
    #expect(!ThresholdPruner(lower: 0.5).prunes(running([-0.6], direction: .maximize), given: nothing))
    #expect(ThresholdPruner().prunes(running([.nan]), given: nothing))
  }

  @Test("Patience waits for an improvement, and asks the other pruner")
  func patient() {
    let others = known([
      [1, 1, 1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1],
    ])
    #expect(!PatientPruner(patience: 2).prunes(running([3, 4, 5]), given: others))
    #expect(PatientPruner(patience: 2).prunes(running([3, 4, 5, 6]), given: others))
    #expect(!PatientPruner(patience: 2).prunes(running([3, 4, 5, 2]), given: others))
    #expect(!PatientPruner(MedianPruner(), patience: 2).prunes(running([0.5, 4, 5, 6]), given: others))
    #expect(PatientPruner(MedianPruner(), patience: 2).prunes(running([1.5, 4, 5, 6]), given: others))
  }

  @Test("Wilcoxon's probabilities are exact")
  func wilcoxon() {
    // All of n differences positive: one of 2ⁿ choices of signs.
    #expect(WilcoxonPruner.probability(ofAtLeast: [1, 2, 3, 4]) == 1.0 / 16)
    // Ranks 1 to 3 with 1 negative: sums 5 and 6 of 0…6, two of eight.
    #expect(WilcoxonPruner.probability(ofAtLeast: [-1, 2, 3]) == 2.0 / 8)
    #expect(WilcoxonPruner.probability(ofAtLeast: [0, 0]) == 1)
    // A tie of two: both positive is one of four.
    #expect(WilcoxonPruner.probability(ofAtLeast: [1, 1]) == 0.25)
    let others = known([[1, 2, 3, 4, 5]])
    let pruner = WilcoxonPruner(significance: 0.1)
    #expect(pruner.prunes(running([2, 3.5, 5, 6.5]), given: others))
    #expect(!pruner.prunes(running([2, 3.5]), given: others))
    #expect(!pruner.prunes(running([0, 1, 2, 3]), given: others))
  }

  @Test("Every pruner by name is what its Swift form makes, and prunes nothing when nothing is known")
  func catalog() throws {
    let nothing = KnownTrials(TrialHistory(space: Self.space, directions: [.minimize]))
    for name in Pruners.catalog.names {
      let pruner = try Pruners.catalog.decode(
        RecipeNode(.scalar(name, isQuoted: false), at: SourcePosition(file: "test", line: 1)))
      #expect(!pruner.prunes(running([1]), given: nothing), "\(name)")
    }
  }
}
