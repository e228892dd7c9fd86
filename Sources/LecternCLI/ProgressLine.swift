import Components
import Execution
import Experiments
import Foundation

/// The one line that shows how far a render is.
enum ProgressLine {
  /// Shows what is going on in a document.
  static func show(_ activity: DocumentRunner.Activity, in path: String) {
    guard Terminal.isInteractive else { return }
    var line = "\(path): \(text(activity))"
    if case .experiment(let label, let progress) = activity, let (done, count) = steps(progress),
      let seconds = RemainingTime.shared.seconds(of: "\(path) \(label) \(count)", done: done, count: count)
    {
      line += ", \(seconds) s left"
    }
    Terminal.progress(line)
  }

  private static func steps(_ progress: ExperimentRunner.Progress) -> (done: Int, count: Int)? {
    switch progress {
    case .epoch(let epoch, let count, _): (epoch, count)
    case .trial(let trial, let count, _): count.map { (trial, $0) }
    case .runs(let run, let count): (run, count)
    case .folds, .closure, .curve: nil
    }
  }

  private static func text(_ activity: DocumentRunner.Activity) -> String {
    switch activity {
    case .cell(let label): "cell \(label)"
    case .experiment(let label, let progress): "\(label): \(text(progress))"
    }
  }

  private static func text(_ progress: ExperimentRunner.Progress) -> String {
    switch progress {
    case .epoch(let epoch, let count, let loss):
      "\(bar(epoch, count)) epoch \(epoch)/\(count), loss \(short(loss))"
    case .trial(let trial, let count, let best):
      (count.map { "\(bar(trial, $0)) trial \(trial)/\($0)" } ?? "trial \(trial)") + ", best \(short(best))"
    case .runs(let run, let count): "\(bar(run, count)) run \(run)/\(count)"
    case .folds: "cross-validation"
    case .closure(let level): "closure test, level \(level)"
    case .curve(let name): name
    }
  }

  private static func short(_ value: Double) -> String { ValueFormat.significant(value, 4) }

  private static func bar(_ done: Int, _ all: Int) -> String {
    let filled = 20 * done / max(all, 1)
    return "[" + String(repeating: "█", count: filled) + String(repeating: "·", count: 20 - filled) + "]"
  }
}

/// How long work in steps will still take, judged by the steps so far.
///
/// Nothing but the terminal sees it.
private final class RemainingTime: @unchecked Sendable {
  static let shared = RemainingTime()
  private let lock = NSLock()
  private let clock = ContinuousClock()
  /// When each work was first seen, and after how many steps.
  private var beginnings: [String: (time: ContinuousClock.Instant, done: Int)] = [:]

  /// The seconds left; nil in the first two seconds, which tell too little.
  func seconds(of work: String, done: Int, count: Int) -> Int? {
    lock.withLock {
      guard let beginning = beginnings[work], done > beginning.done else {
        beginnings[work] = (clock.now, done)
        return nil
      }
      let elapsed = beginning.time.duration(to: clock.now)
      guard elapsed > .seconds(2), done < count else { return nil }
      let perStep = elapsed / (done - beginning.done)
      return Int((perStep * (count - done)).components.seconds) + 1
    }
  }
}
