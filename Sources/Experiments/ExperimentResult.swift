import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

/// What an experiment computed: the values of `results.json`, and what its figures and tables are made from.
public struct ExperimentResult: Sendable {
  /// The experiment.
  public let experiment: Experiment
  /// The values by their paths, as in `test.accuracy`.
  public internal(set) var values: [String: RecordedValue] = [:]
  /// What the final training went through.
  public internal(set) var history = TrainingHistory()
  /// The fitted strategy.
  public internal(set) var fitted: FittedStrategy?
  /// The scores of each fold.
  public internal(set) var folds: [Scores] = []
  /// The trials of the search.
  public internal(set) var trials: [Trial] = []
  /// The best trial.
  public internal(set) var best: Trial?
  /// The levels of the closure test.
  public internal(set) var closure: [ClosureResult] = []

  init(_ experiment: Experiment) { self.experiment = experiment }

  mutating func set(_ path: String, _ value: Double) { values[path] = .real(value) }
}

extension Experiment {
  /// The paths of all values that the experiment will have, in the order of the contract.
  public var valuePaths: [String] {
    let names = ["loss"] + metrics.map(\.name)
    var paths = ["epochs", "best-epoch", "parameters"]
    paths += names.flatMap { ["train.\($0)", "train.\($0).history"] }
    let needsValidation =
      split.validation != nil || search?.place == .validation || hasEarlyStopping
    if needsValidation { paths += names.flatMap { ["validation.\($0)", "validation.\($0).history"] } }
    if split.test != nil { paths += names.map { "test.\($0)" } }
    if splitter != nil { paths += names.flatMap { ["cv.\($0).mean", "cv.\($0).std", "cv.\($0).folds"] } }
    if search != nil {
      paths += ["trials", "completed", "pruned", "stopped", "best.value", "best.number", "values"].map {
        "search.\($0)"
      }
      paths += space.parameters.map { "search.best.params.\($0.name)" } + ["search.best.params"]
    }
    for level in closure?.levels ?? [] {
      let quantities =
        ["bias", "variance", "chi2", "delta-chi2", "phi"] + (level == 2 ? ["ratio", "xi-1", "xi-2"] : [])
      let hasError = level > 0 && (closure?.fits ?? 1) > 1
      paths += quantities.flatMap {
        ["closure.level\(level).\($0)"] + (hasError ? ["closure.level\(level).\($0).error"] : [])
      }
    }
    return paths
  }

  private var hasEarlyStopping: Bool {
    template.extremes.contains { (try? strategy($0))?.settings.earlyStopping != nil }
  }
}

extension ExperimentResult {
  /// The value at a path: the longest key that begins it, then the way into the object or the list.
  public static func value(at path: String, in values: [String: RecordedValue]) -> RecordedValue? {
    if let value = values[path] { return value }
    let parts = path.split(separator: ".").map(String.init)
    for count in stride(from: parts.count - 1, to: 0, by: -1) {
      let key = parts[..<count].joined(separator: ".")
      guard let value = values[key] else { continue }
      return inner(value, parts[count...])
    }
    return nil
  }

  /// Goes into an object by the longest key that fits, into a list by the number.
  private static func inner(_ value: RecordedValue, _ path: ArraySlice<String>) -> RecordedValue? {
    guard let first = path.first else { return value }
    switch value {
    case .object(let object):
      for count in stride(from: path.count, to: 0, by: -1) {
        let key = path.prefix(count).joined(separator: ".")
        if let found = object[key] { return inner(found, path.dropFirst(count)) }
      }
      return nil
    case .list(let items):
      guard let index = Int(first), items.indices.contains(index) else { return nil }
      return inner(items[index], path.dropFirst())
    default: return nil
    }
  }
}
