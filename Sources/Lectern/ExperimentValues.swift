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

extension ExperimentValues {
  /// Everything that was computed, as if the experiment had been run here: data, model, history, folds, trials, variants.
  ///
  /// Throws what keeps it from being read again.
  public var whole: ExperimentResult { get throws { try DocumentValues.result(label) } }

  /// The data.
  public var data: Dataset { get throws { try whole.experiment.data } }

  /// The fitted strategy: `try result("moons").model.predict(inputs)`.
  public var model: FittedStrategy { get throws { try whole.model } }

  /// What the final training went through.
  public var history: TrainingHistory { get throws { try whole.history } }

  /// The examples of a part with what the model says about them.
  public func predictions(_ part: DataPartName) throws -> PartPredictions { try whole.predictions(part) }

  /// The scores of each fold, in the order of the metrics.
  public var folds: [Scores] {
    get throws {
      let folds = try whole.folds
      guard !folds.isEmpty else { throw ResultAccessError.noFolds(label: label) }
      return folds
    }
  }

  /// The trials of the search.
  public var study: StudyResult { get throws { try whole.study } }

  /// The result of a variant by its name or title.
  public func variant(_ name: String) throws -> ExperimentResult { try whole.variant(name) }
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
  private static var folder: String? { ProcessInfo.processInfo.environment["LECTERN_CELLS"] }

  static let results: [String: [String: RecordedValue]] = {
    guard let folder, let data = FileManager.default.contents(atPath: "\(folder)/results.json")
    else { return [:] }
    return (try? JSONDecoder().decode([String: [String: RecordedValue]].self, from: data)) ?? [:]
  }()

  /// The whole result of an experiment, read once.
  static func result(_ label: String) throws -> ExperimentResult {
    if let read = store[label] { return read }
    guard let folder else {
      throw ResultError.unknownExperiment(label: label, known: results.keys.sorted())
    }
    // Cells run in the folder of the document.
    var context = RecipeContext(folder: FileManager.default.currentDirectoryPath)
    context.painter = CairoGlyphPainter()
    let result = try ResultArchive.read(label, from: folder, context: context)
    store[label] = result
    return result
  }

  private static let store = ResultStore()
}

/// Results that cells have asked for, for all threads.
private final class ResultStore: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: [String: ExperimentResult] = [:]

  subscript(label: String) -> ExperimentResult? {
    get { lock.withLock { stored[label] } }
    set { lock.withLock { stored[label] = newValue } }
  }
}
