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
      in: space, direction: direction, finished: finished, running: running, using: &stream)
  }

  /// Runs all trials.
  ///
  /// Each is evaluated in `parts` tasks, such as folds, whose values `combine` makes the objective.
  /// `progress` is told the trials in the order in which they end.
  public func run(
    parts: Int, in pool: any WorkerPool, evaluate: @escaping @Sendable (Assignment, Int) throws -> Double,
    combine: @escaping @Sendable ([Double]) -> Double, progress: (@Sendable (Trial) -> Void)? = nil
  ) -> [Trial] {
    let tasks = StudyTasks(self, parts: parts, evaluate: evaluate, combine: combine, progress: progress)
    pool.run(tasks)
    return tasks.trials
  }

  /// The best trial; the first of equals.
  public func best(of trials: [Trial]) -> Trial? {
    trials.reduce(nil) { best, trial in
      guard let best else { return trial.value.isNaN ? nil : trial }
      return direction.isBetter(trial.value, than: best.value) ? trial : best
    }
  }
}
