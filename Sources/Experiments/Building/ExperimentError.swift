import Components

/// What is wrong with an experiment that was put together in Swift.
public enum ExperimentError: Error, Equatable, Sendable {
  /// A problem that a recipe would have as well.
  case invalid(sentence: String, hint: String?)
}

extension ExperimentError: Explained {
  public var sentence: String {
    switch self {
    case .invalid(let sentence, _): sentence
    }
  }
  public var hint: String? {
    switch self {
    case .invalid(_, let hint): hint
    }
  }

  init(_ problem: Problem) { self = .invalid(sentence: problem.message, hint: problem.hint) }
}
