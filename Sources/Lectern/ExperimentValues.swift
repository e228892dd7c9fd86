import Components
import Experiments
import Foundation

/// The values of an experiment of the same document, as a cell reads them.
public struct ExperimentValues: Sendable {
  /// The label of its block.
  public let label: String
  /// The values by their paths.
  public let values: [String: RecordedValue]

  /// The number at a path, as in `test.accuracy`; throws if there is none.
  public func value(_ path: String) throws -> Double {
    guard let number = ExperimentResult.value(at: path, in: values)?.number else {
      throw ResultError.unknownValue(label: label, path: path, known: values.keys.sorted())
    }
    return number
  }

  /// The numbers at a path, as in `train.loss.history`; throws if there are none.
  public func list(_ path: String) throws -> [Double] {
    guard let numbers = ExperimentResult.value(at: path, in: values)?.numbers else {
      throw ResultError.unknownValue(label: label, path: path, known: values.keys.sorted())
    }
    return numbers
  }
}

/// What can go wrong when a cell asks for a result.
public enum ResultError: Error, Equatable, Sendable {
  case unknownExperiment(label: String, known: [String])
  case unknownValue(label: String, path: String, known: [String])
  case unknownParameter(name: String, known: [String])
}

extension ResultError: Explained {
  /// What is wrong, without a full stop.
  public var sentence: String {
    switch self {
    case .unknownExperiment(let label, _): "the document has no experiment \"\(label)\" with results"
    case .unknownValue(let label, let path, _): "\"\(label)\" has no number \"\(path)\""
    case .unknownParameter(let name, _): "the document has no parameter \"\(name)\""
    }
  }

  /// What would mend it.
  public var hint: String? {
    switch self {
    case .unknownExperiment(let name, let known), .unknownValue(_, let name, let known),
      .unknownParameter(let name, let known):
      Suggestion.hint(for: name, among: known)
    }
  }
}

/// The results of an experiment block of the same document.
public func result(_ label: String) throws -> ExperimentValues {
  guard let values = DocumentValues.results[label] else {
    throw ResultError.unknownExperiment(label: label, known: DocumentValues.results.keys.sorted())
  }
  return ExperimentValues(label: label, values: values)
}

/// What Lectern hands to the program of the cells.
enum DocumentValues {
  static let results: [String: [String: RecordedValue]] = {
    guard let folder = ProcessInfo.processInfo.environment["LECTERN_CELLS"],
      let data = FileManager.default.contents(atPath: "\(folder)/results.json")
    else { return [:] }
    return (try? JSONDecoder().decode([String: [String: RecordedValue]].self, from: data)) ?? [:]
  }()
}
