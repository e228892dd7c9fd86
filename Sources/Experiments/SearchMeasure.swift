import Components
import Search
import Validation

/// A number that a search measures of every trial.
enum SearchMeasure: Sendable {
  /// The mean of a metric over held-out folds; nil for the loss.
  case folds((any Metric)?)
  /// A metric of the validation part; nil for the loss.
  case validation((any Metric)?)
  /// The number of parameters of the model.
  case parameters
  /// A number of a level of the closure test.
  case closure(level: Int, name: String)

  /// The measure that a path or the name of a metric stands for.
  init(
    _ text: String, metrics: [any Metric], hasFolds: Bool, closure: ClosurePlan?, known: [String]
  ) throws(RecipeError) {
    let parts = text.split(separator: ".").map(String.init)
    if parts.first == "test" { throw .testInObjective(path: text) }
    func metric(_ name: String) throws(RecipeError) -> (any Metric)? {
      if name == "loss" { return nil }
      guard let metric = metrics.first(where: { $0.name == name }) else {
        throw .unknownPath(path: text, known: known)
      }
      return metric
    }
    if text == "parameters" {
      self = .parameters
    } else if parts.first == "closure", parts.count > 2,
      let level = closure?.levels.first(where: { "level\($0)" == parts[1] })
    {
      guard known.contains(text) else { throw .unknownPath(path: text, known: known) }
      self = .closure(level: level, name: parts[2...].joined(separator: "."))
    } else if parts.count > 2, parts[0] == "cv", parts.last == "mean", hasFolds {
      self = .folds(try metric(parts[1..<parts.count - 1].joined(separator: ".")))
    } else if parts.count > 1, parts[0] == "validation" {
      self = .validation(try metric(parts[1...].joined(separator: ".")))
    } else if hasFolds {
      self = .folds(try metric(text))
    } else {
      self = .validation(try metric(text))
    }
  }

  /// The path of its values.
  var path: String {
    switch self {
    case .folds(let metric): "cv.\(metric?.name ?? "loss").mean"
    case .validation(let metric): "validation.\(metric?.name ?? "loss")"
    case .parameters: "parameters"
    case .closure(let level, let name): "closure.level\(level).\(name)"
    }
  }

  /// The metric, if it is that of examples.
  var metric: (any Metric)? {
    switch self {
    case .folds(let metric), .validation(let metric): metric
    case .parameters, .closure: nil
    }
  }

  /// Whether small or large is good; nil where nothing says it.
  var direction: Direction? {
    switch self {
    case .folds(let metric), .validation(let metric): metric?.direction ?? .minimize
    case .parameters: .minimize
    case .closure: nil
    }
  }
}
