import Components
import Execution
import Experiments

/// The one line that shows how far a render is.
enum ProgressLine {
  /// Shows what is going on in a document.
  static func show(_ activity: DocumentRunner.Activity, in path: String) {
    Terminal.progress("\(path): \(text(activity))")
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
      "\(bar(trial, count)) trial \(trial)/\(count), best \(short(best))"
    case .folds: "cross-validation"
    case .closure(let level): "closure test, level \(level)"
    }
  }

  private static func short(_ value: Double) -> String { ValueFormat.significant(value, 4) }

  private static func bar(_ done: Int, _ all: Int) -> String {
    let filled = 20 * done / max(all, 1)
    return "[" + String(repeating: "█", count: filled) + String(repeating: "·", count: 20 - filled) + "]"
  }
}
