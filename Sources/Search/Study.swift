import Components
import Tensors

/// A search: what is varied, by which rule, how often.
///
/// Proposal n knows the values of the trials before n − lag and counts the later ones as running, finished or not.
/// So a study gives the same trials on one core or sixteen, and they can run side by side as long as the lag allows.
public struct Study: Sendable {
  /// What is varied.
  public var space: SearchSpace
  /// The rule.
  public var sampler: any Sampler
  /// Whether the objective should be small or large.
  public var direction: Direction
  /// The number of trials.
  public var trialCount: Int
  /// How many trials a proposal does not know yet; 0 makes the search sequential.
  public var lag: Int
  /// The seed of the proposals.
  public var seed: UInt64

  /// A search.
  public init(
    space: SearchSpace, sampler: any Sampler, direction: Direction, trialCount: Int, lag: Int = 8,
    seed: UInt64
  ) {
    self.space = space
    self.sampler = sampler
    self.direction = direction
    self.trialCount = trialCount
    self.lag = lag
    self.seed = seed
  }

  /// The assignment of a trial, given all trials before `number − lag` and the assignments of the later ones.
  public func proposal(_ number: Int, finished: [Trial], running: [Assignment]) -> Assignment {
    var stream = RandomStream(seed: seed, .sampler, number)
    return sampler.propose(
      in: space, direction: direction, finished: ranked(finished), running: running, using: &stream)
  }

  /// The trials as samplers see them: one that misses constraints counts as worse than all that keep them, the more it
  /// misses them (Deb's rules, 2000).
  private func ranked(_ trials: [Trial]) -> [Trial] {
    guard trials.contains(where: { !$0.isFeasible }) else { return trials }
    let values = trials.map(\.value).filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let step = max(high - low, high.magnitude, 1)
    return trials.map { trial in
      guard !trial.isFeasible, !trial.value.isNaN else { return trial }
      var worse = trial
      let distance = step * (1 + trial.violation)
      worse.value =
        !trial.violation.isFinite ? .nan : direction == .minimize ? high + distance : low - distance
      return worse
    }
  }

  /// Runs all trials.
  ///
  /// Each is evaluated in `parts` tasks, such as folds, whose values `combine` makes the objective.
  /// `progress` is told the trials in the order in which they end.
  public func run(
    parts: Int, in pool: any WorkerPool, evaluate: @escaping @Sendable (Assignment, Int) throws -> Double,
    combine: @escaping @Sendable ([Double]) -> Double, progress: (@Sendable (Trial) -> Void)? = nil
  ) -> [Trial] {
    run(
      parts: parts, in: pool, evaluate: evaluate,
      outcome: { values in
        let numbers = values.map { $0 ?? .nan }
        return TrialOutcome(value: combine(numbers), parts: numbers)
      }, progress: progress)
  }

  /// Runs all trials.
  ///
  /// Each is evaluated in `parts` tasks, of whose results, nil for one that failed, `outcome` makes the objective.
  public func run<Part: Sendable>(
    parts: Int, in pool: any WorkerPool, evaluate: @escaping @Sendable (Assignment, Int) throws -> Part,
    outcome: @escaping @Sendable ([Part?]) -> TrialOutcome, progress: (@Sendable (Trial) -> Void)? = nil
  ) -> [Trial] {
    let tasks = StudyTasks(self, parts: parts, evaluate: evaluate, outcome: outcome, progress: progress)
    pool.run(tasks)
    return tasks.trials
  }

  /// The best trial of those that miss constraints least; the first of equals.
  public func best(of trials: [Trial]) -> Trial? {
    trials.reduce(nil) { best, trial in
      guard !trial.value.isNaN else { return best }
      guard let best else { return trial }
      if trial.violation != best.violation { return trial.violation < best.violation ? trial : best }
      return direction.isBetter(trial.value, than: best.value) ? trial : best
    }
  }
}
