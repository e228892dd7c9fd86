import Components
import Foundation
import Search
import Tensors
import Testing

@Suite("Budgets, queues, duplicates and interruptions of studies")
struct BudgetTests {
  private static let space = SearchSpace([
    .init(name: "x", distribution: .real(low: -1, high: 1, isLog: false)),
    .init(name: "kind", distribution: .choice(["a", "b"])),
    .init(
      name: "depth", distribution: .integer(low: 1, high: 3, step: 1, isLog: false),
      condition: .init(parameter: 1, choice: 1)),
  ])

  private static let objective = ClosureObjective(
    parts: 2,
    evaluate: { assignment, part in
      let depth = assignment[2].isNaN ? 0 : assignment[2]
      return assignment[0] * assignment[0] + assignment[1] + depth / 10 + Double(part) / 100
    },
    outcome: { (parts: [Double?]) in
      let values = parts.map { $0 ?? .nan }
      return TrialOutcome(value: Statistics.mean(values), parts: values)
    })

  private func study(_ budget: StudyBudget, lag: Int = 2) -> Study {
    Study(
      space: Self.space, sampler: TPESampler(), directions: [.minimize], budget: budget,
      knowledge: .lag(lag), seed: 4)
  }

  @Test("A budget of evaluations, of trials without a better one, and what ends the search")
  func budgets() throws {
    let evaluations = try study(StudyBudget(evaluations: 21)).run(Self.objective, in: SerialPool())
    #expect(evaluations.ending == .evaluations && evaluations.trials.count == 11)
    let patient = try study(StudyBudget(trials: 500, patience: 15), lag: 0).run(
      Self.objective, in: SerialPool())
    #expect(patient.ending == .patience)
    let best = try #require(study(StudyBudget()).best(of: patient.trials))
    #expect(patient.trials.count - 1 - best.number == 15)
    let trials = try study(StudyBudget(trials: 3)).run(Self.objective, in: SerialPool())
    #expect(trials.ending == .trials && trials.isReproducible)
    let late = try study(StudyBudget(trials: 100_000, seconds: 0.05)).run(Self.objective, in: SerialPool())
    #expect(late.ending == .timeout && !late.isReproducible && late.trials.count < 100_000)
  }

  @Test("Budgets give the same trials on any number of threads")
  func threads() throws {
    let study = study(StudyBudget(trials: 200, evaluations: 120, patience: 30), lag: 5)
    let expected = try study.run(Self.objective, in: SerialPool())
    let pool = ThreadPool(threads: 4)
    defer { pool.close() }
    #expect(try study.run(Self.objective, in: pool).trials == expected.trials)
  }

  @Test("Enqueued trials come first; what they do not say is drawn, what does not count is left out")
  func enqueued() throws {
    var study = study(StudyBudget(trials: 4))
    study.enqueued = [[0.25, 0, 3], [0.5, .nan, .nan]]
    let trials = try study.run(Self.objective, in: SerialPool()).trials
    #expect(trials[0].assignment[0] == 0.25 && trials[0].assignment[2].isNaN)
    #expect(trials[1].assignment[0] == 0.5 && Self.space.contains(trials[1].assignment))
  }

  @Test("Conditional hyperparameters have a value exactly where their choice was made")
  func conditions() throws {
    let trials = try study(StudyBudget(trials: 60)).run(Self.objective, in: SerialPool()).trials
    #expect(trials.allSatisfy { Self.space.contains($0.assignment) })
    #expect(Set(trials.map { $0.assignment[2].isNaN }) == [true, false])
  }

  /// A finite space of six assignments.
  private static let few = SearchSpace([
    .init(name: "a", distribution: .choice(["x", "y"])),
    .init(name: "b", distribution: .integer(low: 1, high: 3, step: 1, isLog: false)),
  ])

  @Test("An assignment that was tried is taken over or replaced by another, as the policy says")
  func duplicates() throws {
    let counter = Counter()
    let objective = ClosureObjective(
      evaluate: { (assignment: Assignment, _: Int) -> Double in
        counter.add(1)
        return assignment[0] + assignment[1]
      }, outcome: { TrialOutcome(value: ($0[0] ?? .nan)) })
    var study = Study(
      space: Self.few, sampler: RandomSampler(), direction: .minimize, trialCount: 40, lag: 3, seed: 2)
    let all = try study.run(objective, in: SerialPool())
    #expect(counter.count == 40 && all.trials.count == 40)
    study.duplicates = .reuse
    counter.reset()
    let reused = try study.run(objective, in: SerialPool())
    #expect(counter.count == 6)
    #expect(reused.trials.map(\.assignment) == all.trials.map(\.assignment))
    #expect(reused.trials.map(\.value) == all.trials.map(\.value))
    study.duplicates = .skip
    let skipped = try study.run(objective, in: SerialPool())
    #expect(skipped.ending == .exhausted)
    #expect(Set(skipped.trials.map(\.assignment)).count == 6 && skipped.trials.count == 6)
  }

  @Test("A search that was interrupted goes on to the same trials", arguments: [0, 1, 13, 30])
  func interruption(count: Int) throws {
    for pruner in [nil, MedianPruner() as any Pruner] {
      var study = study(StudyBudget(trials: 40), lag: 3)
      study.pruner = pruner
      let whole = try study.run(Self.objective, in: SerialPool())
      // What had ended need not be the first ones.
      let ended = whole.trials.filter { $0.number < count || $0.number == count + 2 }
      let evaluated = Counter()
      let counted = ClosureObjective(
        parts: 2,
        evaluate: { assignment, part in
          evaluated.add(1)
          return try Self.objective.evaluate(
            Evaluation(trial: 0, assignment: assignment, part: part), resuming: nil)
        }, outcome: { Self.objective.outcome(of: $0) })
      let resumed = try study.run(counted, in: SerialPool(), recorded: ended)
      #expect(resumed.trials == whole.trials)
      #expect(evaluated.count <= 2 * (40 - ended.count))
    }
  }

  @Test("A free search tells what every proposal knew")
  func free() throws {
    var study = study(StudyBudget(trials: 40))
    study.knowledge = .all
    let pool = ThreadPool(threads: 3)
    defer { pool.close() }
    let trials = try study.run(Self.objective, in: pool).trials
    let seen = trials.flatMap { $0.seen ?? [] }
    #expect(trials.allSatisfy { $0.seen != nil })
    // Nothing is seen twice, and nothing before it was proposed.
    #expect(Set(seen).count == seen.count)
    for trial in trials { #expect((trial.seen ?? []).allSatisfy { $0 < trial.number }) }
    // On one thread everything before is known.
    let alone = try study.run(Self.objective, in: SerialPool()).trials
    #expect(alone.dropFirst().allSatisfy { $0.seen == [$0.number - 1] })
  }

  @Test("The search ends when its watcher says so, and what cannot be kept is thrown")
  func watching() throws {
    let outcome = try study(StudyBudget(trials: 100)).run(
      Self.objective, in: SerialPool(), progress: { $0.number == 9 ? .stop : .goOn })
    #expect(outcome.ending == .stopped && outcome.trials.count == 10)
    struct Full: Error {}
    final class Recorder: StudyRecorder, @unchecked Sendable {
      var kept: [Trial] = []
      func record(_ trial: Trial) throws {
        if kept.count == 5 { throw Full() }
        kept.append(trial)
      }
    }
    let recorder = Recorder()
    #expect(throws: Full.self) {
      try study(StudyBudget(trials: 100)).run(Self.objective, in: SerialPool(), recorder: recorder)
    }
    #expect(recorder.kept.map(\.number) == [0, 1, 2, 3, 4])
  }

  @Test("Of several objectives the front is what no other trial is better than")
  func front() throws {
    let objective = ClosureObjective(
      evaluate: { (assignment: Assignment, _: Int) -> Double in assignment[0] },
      outcome: { parts in
        let x = parts[0] ?? .nan
        return TrialOutcome(values: [x * x, -(x - 1) * (x - 1)])
      })
    let study = Study(
      space: SearchSpace([.init(name: "x", distribution: .real(low: -2, high: 2, isLog: false))]),
      sampler: TPESampler(), directions: [.minimize, .maximize], budget: StudyBudget(trials: 120),
      knowledge: .lag(0), seed: 3)
    let trials = try study.run(objective, in: SerialPool()).trials
    let front = study.paretoFront(of: trials)
    // Between 0 and 1 every x is the best compromise for someone.
    #expect(front.allSatisfy { (-0.05...1.05).contains($0.assignment[0]) })
    #expect(front.count > 30)
  }

  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var count = 0
    func add(_ number: Int) { lock.withLock { count += number } }
    func reset() { lock.withLock { count = 0 } }
  }
}
