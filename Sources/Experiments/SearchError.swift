import Components
import Search

/// What can go wrong while a search runs.
public enum SearchError: Error, Equatable, Sendable {
  case allTrialsFailed(count: Int, reason: String?)
  case nothingToScore
}

extension SearchError {
  /// That all trials failed, and why the first one did.
  static func noneOf(_ trials: [Trial]) -> SearchError {
    .allTrialsFailed(count: trials.count, reason: trials.compactMap(\.failure).first)
  }
}

extension SearchError: Explained {
  public var sentence: String {
    switch self {
    case .allTrialsFailed(let count, let reason):
      "none of the \(count) trials gave a finite objective" + (reason.map { "; the first: \($0)" } ?? "")
    case .nothingToScore: "there is nothing that trials could be scored on"
    }
  }

  public var hint: String? { "try smaller learning rates" }
}
