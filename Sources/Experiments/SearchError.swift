import Components

/// What can go wrong while a search runs.
public enum SearchError: Error, Equatable, Sendable {
  case allTrialsFailed(count: Int)
}

extension SearchError: Explained {
  public var sentence: String {
    switch self {
    case .allTrialsFailed(let count): "none of the \(count) trials gave a finite objective"
    }
  }

  public var hint: String? { "try smaller learning rates" }
}
