import Components

/// What cannot be searched as a program asks for it.
public enum DynamicStudyError: Error, Equatable, Sendable {
  case notFinite(name: String)
  case logarithmOfZero(name: String, low: Double)
  case stepsOfLogarithm(name: String)
  case noStep(name: String, step: Double)
  case noChoices(name: String)
  case equalChoices(name: String)
  case askedTwice(name: String)
  case kindsDiffer(name: String, first: String, second: String)
  case pausingPruner
}

extension DynamicStudyError: Explained {
  public var sentence: String {
    switch self {
    case .notFinite(let name): "the bounds of \"\(name)\" are not finite"
    case .logarithmOfZero(let name, let low):
      "\"\(name)\" begins at \(low), where it has no logarithm"
    case .stepsOfLogarithm(let name): "\"\(name)\" has equal steps and equal factors at once"
    case .noStep(let name, let step): "\"\(name)\" goes in steps of \(step)"
    case .noChoices(let name): "\"\(name)\" has nothing to choose from"
    case .equalChoices(let name): "\"\(name)\" has two choices of the same name"
    case .askedTwice(let name): "a trial asks for \"\(name)\" twice, from different values"
    case .kindsDiffer(let name, let first, let second):
      "\"\(name)\" is \(first) in one trial and \(second) in another"
    case .pausingPruner: "the program of a trial cannot pause, as this pruner wants"
    }
  }

  public var hint: String? {
    switch self {
    case .notFinite, .noChoices: nil
    case .logarithmOfZero: "begin above 0"
    case .stepsOfLogarithm: "leave out `step` or `log`"
    case .noStep: "steps are above 0"
    case .equalChoices: "choices are known by their names"
    case .askedTwice, .kindsDiffer: "give the two different names"
    case .pausingPruner:
      "the median, percentile, patient, threshold and Wilcoxon pruners judge without a pause"
    }
  }
}
