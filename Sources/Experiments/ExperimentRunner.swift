import Components
import Foundation

/// Computes experiments: every repetition of every variant, side by side.
///
/// The order of all this and every result are the same on any number of threads.
public struct ExperimentRunner: Sendable {
  /// How far an experiment is.
  public enum Progress: Sendable {
    case epoch(Int, of: Int, loss: Double)
    case trial(Int, of: Int?, best: Double)
    case folds
    case closure(level: Int)
    case curve(String)
    case runs(Int, of: Int)
  }

  let pool: any WorkerPool
  let keeper: SearchKeeper?
  let progress: (@Sendable (Progress) -> Void)?

  /// A runner that computes in a pool; the keeper keeps the trials of searches.
  public init(
    pool: any WorkerPool, keeper: SearchKeeper? = nil, progress: (@Sendable (Progress) -> Void)? = nil
  ) {
    self.pool = pool
    self.keeper = keeper
    self.progress = progress
  }

  /// Computes an experiment.
  ///
  /// A variant that fails is listed among the failures of the result; if all fail, the error of the first is thrown.
  public func run(_ experiment: Experiment) throws -> ExperimentResult {
    try Self.assembled(experiment, results(of: try experiment.runs()))
  }

  /// The outcomes of all runs as one result.
  static func assembled(
    _ experiment: Experiment, _ outcomes: [Result<ExperimentResult, any Error>]
  ) throws -> ExperimentResult {
    let variants = experiment.variants.isEmpty ? [experiment] : experiment.variants.map(\.experiment)
    var rest = outcomes[...]
    let grouped = variants.map { variant in
      let count = variant.seeds?.count ?? 1
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    guard !experiment.variants.isEmpty else { return try collected(experiment, grouped[0]) }
    return try compared(experiment, grouped)
  }

  /// The repetitions of one recipe as one result.
  private static func collected(
    _ experiment: Experiment, _ outcomes: [Result<ExperimentResult, any Error>]
  ) throws -> ExperimentResult {
    let results = outcomes.compactMap { try? $0.get() }
    guard experiment.seeds != nil else { return try outcomes[0].get() }
    guard let first = results.first else { return try outcomes[0].get() }
    var result = first.over(experiment)
    result.repetitions = results
    result.values = SeedSummary(experiment).values(of: results.map(\.values))
    result.failures = outcomes.enumerated().compactMap { number, outcome in
      guard case .failure(let error) = outcome else { return nil }
      return .init(variant: nil, repetition: number, error: error)
    }
    return result
  }

  /// The results of variants as one result.
  private static func compared(
    _ experiment: Experiment, _ grouped: [[Result<ExperimentResult, any Error>]]
  ) throws -> ExperimentResult {
    var result = ExperimentResult(experiment)
    var firstError: (any Error)?
    for (variant, outcomes) in zip(experiment.variants, grouped) {
      do {
        let own = try collected(variant.experiment, outcomes)
        result.variants.append(.init(name: variant.name, title: variant.title, result: own))
        for (path, value) in own.values { result.values[variant.path(path)] = value }
        result.failures += own.failures.map {
          .init(variant: variant.title, repetition: $0.repetition, error: $0.error)
        }
      } catch {
        firstError = firstError ?? error
        result.failures.append(.init(variant: variant.title, repetition: nil, error: error))
      }
    }
    if result.variants.isEmpty, let firstError { throw firstError }
    result.compare()
    return result
  }

  /// Computes runs that do not depend on each other.
  ///
  /// Runs of one fit are a task each. Those that are cut into tasks themselves are led by threads that hand their work to
  /// the pool and wait.
  private func results(of runs: [Experiment]) -> [Result<ExperimentResult, any Error>] {
    guard runs.count > 1 else {
      let run = ExperimentRun(pool: pool, keeper: keeper, progress: progress)
      return runs.map { experiment in Result { try run.result(of: experiment) } }
    }
    let counter = RunCounter(of: runs.count, progress)
    let run = ExperimentRun(pool: pool, keeper: keeper, progress: nil)
    let compute: @Sendable (Int) -> Result<ExperimentResult, any Error> = { number in
      defer { counter.count() }
      return Result { try run.result(of: runs[number]) }
    }
    if !runs.contains(where: \.hasInnerTasks), let results = try? pool.map(runs.count, compute) {
      return results
    }
    return LedRuns(count: runs.count, compute).results()
  }
}

extension Experiment {
  /// Every repetition of every variant, the repetitions of the first variant first.
  func runs() throws -> [Experiment] {
    let variants = variants.isEmpty ? [self] : variants.map(\.namedExperiment)
    return try variants.flatMap { variant in
      try (0..<(variant.seeds?.count ?? 1)).map { try variant.repeated($0) }
    }
  }

  /// Whether one run is cut into tasks: folds, trials or replicas.
  var hasInnerTasks: Bool {
    search != nil || splitter != nil || closure != nil || learningCurve != nil || validationCurve != nil
      || diagnosis != nil
  }
}

extension Experiment.Variant {
  /// The experiment, which knows its name among the others.
  fileprivate var namedExperiment: Experiment {
    var experiment = experiment
    experiment.variantName = name
    return experiment
  }

  /// The path of one of its values among those of the block, as in `variants.plain.test.accuracy`.
  func path(_ path: String) -> String { "variants.\(RecordedPath.segment(name)).\(path)" }
}

/// Counts the runs that have ended, for a progress line.
private final class RunCounter: @unchecked Sendable {
  private let total: Int
  private let progress: (@Sendable (ExperimentRunner.Progress) -> Void)?
  private let lock = NSLock()
  private var done = 0

  init(of total: Int, _ progress: (@Sendable (ExperimentRunner.Progress) -> Void)?) {
    self.total = total
    self.progress = progress
  }

  func count() {
    let number = lock.withLock {
      done += 1
      return done
    }
    progress?(.runs(number, of: total))
  }
}

/// Runs that threads of their own lead, a few at a time; the results are kept by number.
private final class LedRuns<Value: Sendable>: @unchecked Sendable {
  /// Enough to keep a pool busy while some of them wait; results do not depend on it.
  private static var mostThreads: Int { 16 }

  private let compute: @Sendable (Int) -> Value
  private let lock = NSLock()
  private var next = 0
  private var values: [Value?]

  init(count: Int, _ compute: @escaping @Sendable (Int) -> Value) {
    self.compute = compute
    values = [Value?](repeating: nil, count: count)
  }

  func results() -> [Value] {
    let group = DispatchGroup()
    for _ in 0..<min(values.count, Self.mostThreads) {
      group.enter()
      let thread = Thread {
        while let number = self.take() {
          let value = self.compute(number)
          self.lock.withLock { self.values[number] = value }
        }
        group.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
    return values.compactMap(\.self)
  }

  private func take() -> Int? {
    lock.withLock {
      guard next < values.count else { return nil }
      next += 1
      return next - 1
    }
  }
}
