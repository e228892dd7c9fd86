import Foundation
import Search

/// Counts ended trials and remembers the best value for the progress line.
final class SearchWatcher: @unchecked Sendable {
  private let search: ResolvedSearch
  private let report: @Sendable (ExperimentRunner.Progress) -> Void
  private let lock = NSLock()
  private var count = 0
  private var best = Double.nan
  /// The number of trials; nil if nobody knows it.
  private let trialCount: Int?

  init(
    _ search: ResolvedSearch, in space: SearchSpace,
    _ report: @escaping @Sendable (ExperimentRunner.Progress) -> Void
  ) {
    self.search = search
    trialCount = search.plan.trialCount(in: space)
    self.report = report
  }

  func observe(_ trial: Trial) {
    lock.lock()
    count += 1
    if trial.isFeasible, trial.state == .completed,
      best.isNaN || search.direction.isBetter(trial.value, than: best)
    {
      best = trial.value
    }
    let progress = ExperimentRunner.Progress.trial(count, of: trialCount, best: best)
    lock.unlock()
    report(progress)
  }
}
