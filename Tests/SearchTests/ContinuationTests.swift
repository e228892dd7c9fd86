import Components
import Foundation
import Search
import Tensors
import Testing

@Suite("Searches that go on, that are shared, and that are done again")
struct ContinuationTests {
  private static let space = SearchSpace([
    .init(name: "rate", distribution: .real(low: 1e-3, high: 1, isLog: true)),
    .init(name: "decay", distribution: .real(low: 0, high: 1, isLog: false)),
    .init(name: "units", distribution: .integer(low: 1, high: 9, step: 1, isLog: false)),
  ])

  private func study(_ sampler: String, pruner: String? = nil, lag: Int = 3, trials: Int = 40) throws -> Study
  {
    func node(_ name: String) -> RecipeNode {
      RecipeNode(.scalar(name, isQuoted: false), at: SourcePosition(file: "test", line: 1))
    }
    var study = Study(
      space: Self.space, sampler: try Samplers.catalog.decode(node(sampler)), direction: .minimize,
      trialCount: trials, lag: lag, seed: 8)
    study.pruner = try pruner.map { try Pruners.catalog.decode(node($0)) }
    return study
  }

  private static let samplerNames = Samplers.catalog.names.filter { $0 != "gp" && $0 != "hypergradient" }
  private static let prunerNames = ["median", "wilcoxon", "asha", "hyperband", "bohb", "successive-halving"]

  @Test(
    "A search that was interrupted goes on to the same trials with every sampler", arguments: samplerNames)
  func everySampler(name: String) throws { try interrupted(study(name)) }

  @Test("A search that was interrupted goes on to the same trials with every pruner", arguments: prunerNames)
  func everyPruner(name: String) throws { try interrupted(study("tpe", pruner: name, lag: 5)) }

  private func interrupted(_ study: Study) throws {
    let all = ToyTraining()
    let whole = try study.run(all, in: SerialPool())
    #expect(whole.trials.contains { $0.state == .failed } || !(study.sampler is TPESampler))
    for count in [1, 17, 33] {
      let recorder = Recorder(stoppingAfter: count)
      #expect(throws: Recorder.Interruption.self) {
        try study.run(ToyTraining(), in: SerialPool(), recorder: recorder)
      }
      let training = ToyTraining()
      let resumed = try study.run(training, in: SerialPool(), recorded: recorder.trials)
      #expect(resumed.trials == whole.trials)
      #expect(resumed.evaluations == whole.evaluations)
      #expect(training.counter.count < all.counter.count)
    }
  }

  @Test(
    "Two processes that share a search find what one finds, and no part is computed twice",
    arguments: [
      ("tpe", nil), ("tpe", "median"), ("blend", "asha"), ("population-based-training", nil),
      ("cma-es", "wilcoxon"),
    ] as [(String, String?)])
  func shared(sampler: String, pruner: String?) throws {
    let study = try study(sampler, pruner: pruner)
    let whole = try study.run(ToyTraining(), in: SerialPool())
    let exchange = Exchange()
    let training = ToyTraining(pause: 0.0003)
    let found = Outcomes()
    let group = DispatchGroup()
    for worker in 0..<2 {
      group.enter()
      Thread.detachNewThread {
        let recorder = SharedRecorder(exchange: Exchange.Worker(number: worker, exchange: exchange))
        found.add(Result { try study.run(training, in: SerialPool(), recorder: recorder).trials })
        group.leave()
      }
    }
    group.wait()
    let outcomes = try found.values.map { try $0.get() }
    #expect(outcomes.count == 2)
    for trials in outcomes { #expect(trials == whole.trials) }
    let shares = exchange.shares
    #expect(shares.allSatisfy { $0 > 0 } && shares.reduce(0, +) == exchange.doneCount)
  }

  @Test("A free search is done again as it went, on any number of threads", arguments: [nil, "median"])
  func replay(pruner: String?) throws {
    var study = try study("tpe", pruner: pruner)
    study.knowledge = .all
    let pool = ThreadPool(threads: 3)
    defer { pool.close() }
    let trials = try study.run(ToyTraining(pause: 0.0001), in: pool).trials
    let replay = try #require(study.replaying(trials))
    #expect(try replay.run(ToyTraining(), in: SerialPool()).trials == trials)
    #expect(try replay.run(ToyTraining(), in: pool).trials == trials)
  }

  @Test("The best of a population are gone on from, and what cannot change stays as it was")
  func population() throws {
    let study = Study(
      space: Self.space, sampler: PopulationSampler(population: 8, stages: 3), directions: [.minimize],
      budget: StudyBudget(), knowledge: .lag(7), seed: 3)
    let trials = try study.run(ToyTraining(), in: SerialPool()).trials
    #expect(trials.count == 24 && trials.suffix(8).contains { $0.state == .completed })
    var copies = 0
    for trial in trials {
      let training = try #require(trial.training)
      #expect(training.resource == 9 * (trial.number / 8 + 1) / 3)
      guard let parent = training.parent else {
        #expect(trial.number < 8)
        continue
      }
      #expect(trial.assignment[2] == trials[parent].assignment[2])
      if parent == trial.number - 8 {
        #expect(trial.assignment == trials[parent].assignment)
      } else {
        copies += 1
        let stage = trials[(parent / 8 * 8)..<(parent / 8 * 8 + 8)]
        let better = stage.count { $0.state != .failed && $0.value < trials[parent].value }
        #expect(better < 2)
        #expect(trial.assignment != trials[parent].assignment)
      }
    }
    #expect(copies >= 2)
    #expect(throws: SamplerError.self) {
      try study.run(
        ClosureObjective(evaluate: { _, _ in 0.0 }, outcome: { _ in TrialOutcome(value: 0) }),
        in: SerialPool())
    }
  }
}

/// A training of three parts and nine epochs that remembers what it went through.
private struct ToyTraining: SearchObjective {
  let counter = Counter()
  var pause = 0.0

  var partCount: Int { 3 }
  var fullResource: Int { 9 }
  var frozenHyperparameters: Set<Int> { [2] }

  func evaluate(_ evaluation: Evaluation, resuming earlier: [Double]?) throws -> [Double] {
    if pause > 0 { Thread.sleep(forTimeInterval: pause) }
    counter.add(1)
    if evaluation.part == 1, evaluation.assignment[0] > 0.2 { throw CancellationError() }
    // The state: a weight, and the epochs behind it.
    var state = earlier ?? [Double(evaluation.part), 0]
    func train(_ assignment: Assignment, to epochs: Int) {
      while state[1] < Double(epochs) {
        state[0] += assignment[0] * (assignment[1] + assignment[2] / 10 - state[0])
        state[1] += 1
      }
    }
    if earlier == nil { for stage in evaluation.lineage { train(stage.assignment, to: stage.resource) } }
    train(evaluation.assignment, to: evaluation.resource)
    return state
  }

  func outcome(of parts: [[Double]?]) -> TrialOutcome {
    let values = parts.map { part in part.map { ($0[0] - 0.8) * ($0[0] - 0.8) } ?? .nan }
    return TrialOutcome(value: Statistics.mean(values), parts: values, cost: 1 + (values.first ?? 0))
  }

  func recorded(_ part: [Double]) -> RecordedValue? { .reals(part) }
  func part(recorded value: RecordedValue) -> [Double]? { value.numbers }
}

/// Keeps trials until it is broken.
private final class Recorder: StudyRecorder, @unchecked Sendable {
  struct Interruption: Error {}

  private let lock = NSLock()
  private var kept: [Int: Trial] = [:]
  private var rest: Int

  init(stoppingAfter count: Int) { rest = count }

  var trials: [Trial] { lock.withLock { kept.values.sorted { $0.number < $1.number } } }

  func record(_ trial: Trial) throws {
    try lock.withLock {
      guard rest > 0 else { throw Interruption() }
      rest -= 1
      kept[trial.number] = trial
    }
  }
}

/// Shares parts among threads as if they were processes.
private final class Exchange: @unchecked Sendable {
  struct Worker: PartExchange {
    let number: Int
    let exchange: Exchange

    func claim(_ task: StudyTask) throws -> PartClaim { exchange.claim(task, by: number) }
    func deliver(_ task: StudyTask, _ result: RecordedValue?) throws { exchange.deliver(task, result) }
  }

  private let lock = NSLock()
  private var owners: [StudyTask: Int] = [:]
  private var results: [StudyTask: RecordedValue] = [:]

  var shares: [Int] { lock.withLock { (0..<2).map { worker in owners.values.count { $0 == worker } } } }
  var doneCount: Int { lock.withLock { results.count } }

  private func claim(_ task: StudyTask, by worker: Int) -> PartClaim {
    lock.withLock {
      if let result = results[task] { return .done(result) }
      if owners[task] != nil { return .taken }
      owners[task] = worker
      return .granted
    }
  }

  private func deliver(_ task: StudyTask, _ result: RecordedValue?) {
    lock.withLock { results[task] = result }
  }
}

private struct SharedRecorder: StudyRecorder {
  let own: any PartExchange

  init(exchange: any PartExchange) { own = exchange }

  var exchange: (any PartExchange)? { own }
  func record(_ trial: Trial) throws {}
}

private final class Outcomes: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: [Result<[Trial], any Error>] = []

  var values: [Result<[Trial], any Error>] { lock.withLock { stored } }
  func add(_ value: Result<[Trial], any Error>) { lock.withLock { stored.append(value) } }
}

private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var number = 0

  var count: Int { lock.withLock { number } }
  func add(_ count: Int) { lock.withLock { number += count } }
}
