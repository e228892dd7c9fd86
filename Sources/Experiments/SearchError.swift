import Components
import Search

/// What can go wrong while a search runs.
public enum SearchError: Error, Equatable, Sendable {
  /// The objective was finite in no trial; the reason is that of the first that could not be computed at all.
  case allTrialsFailed(count: Int, objective: String, reason: String?)
  case nothingToScore
  /// All trials were given up on the way.
  case noneEvaluatedToTheEnd(count: Int)
  /// The study of the name belongs to another recipe.
  case studyOfAnotherRecipe(name: String)
  /// A trial that is kept comes out otherwise when it is computed again.
  case trialDiffers(name: String, number: Int)
  /// Nobody said where studies are kept.
  case noHome(name: String)
}

extension SearchError {
  /// That no trial is there to choose: all failed, with the reason of the first one, or were given up.
  static func noneOf(_ trials: [Trial], objective: String) -> SearchError {
    trials.contains { $0.state == .pruned }
      ? .noneEvaluatedToTheEnd(count: trials.count)
      : .allTrialsFailed(
        count: trials.count, objective: objective, reason: trials.compactMap(\.failure).first)
  }
}

extension SearchError: Explained {
  public var sentence: String {
    switch self {
    case .allTrialsFailed(let count, let objective, let reason):
      "none of the \(count) trials gave a finite \(objective)" + (reason.map { "; the first: \($0)" } ?? "")
    case .noneEvaluatedToTheEnd(let count): "none of the \(count) trials was evaluated to the end"
    case .nothingToScore: "there is nothing that trials could be scored on"
    case .studyOfAnotherRecipe(let name): "the study \"\(name)\" holds trials of another recipe"
    case .trialDiffers(let name, let number):
      "trial \(number) of the study \"\(name)\" comes out otherwise now than it is kept"
    case .noHome(let name): "nothing is said about where the study \"\(name)\" is kept"
    }
  }

  public var hint: String? {
    switch self {
    case .allTrialsFailed(_, _, nil):
      "a metric can be undefined for what is held out, as where it has one class only; search for loss, or stratify"
    case .allTrialsFailed, .nothingToScore: "try smaller learning rates"
    case .noneEvaluatedToTheEnd: "allow more trials, or a pruner that gives up fewer"
    case .studyOfAnotherRecipe(let name), .trialDiffers(let name, _):
      "take another name and `warm-start: [\(name)]`, or delete it with `lectern study delete`"
    case .noHome: "write the search as an experiment block, or say where with `run(studies:)`"
    }
  }
}
