import Components
import Tensors

/// What the values of several repetitions become: a number its mean, standard deviation and all values.
///
/// A mean over folds and its deviation become the mean over repetitions of those means. Lists keep all their versions,
/// histories also the mean and deviation of every epoch that all repetitions have reached.
struct SeedSummary {
  private let experiment: Experiment
  private let runPaths: [String]

  init(_ experiment: Experiment) {
    self.experiment = experiment
    runPaths = experiment.runPaths
  }

  /// What becomes of a value.
  private enum Kind {
    /// It does not differ between repetitions.
    case constant
    /// A number: `.mean`, `.std` and `.values` under this path.
    case number(String)
    /// A list with an entry an epoch.
    case history
    /// Anything else: all values.
    case other
    /// The spread within a repetition, which that between them stands for.
    case spread
  }

  private func kind(_ path: String) -> Kind {
    if path == "search.trials" || path == "parameters" && experiment.search == nil { return .constant }
    if path.hasSuffix(".history") { return .history }
    if path == "closure.verdict" || path == "validation-curve.best" || path == "learning-curve.sizes"
      || path == "diagnose.reading" || path == "diagnose.findings"
    {
      return .other
    }
    if experiment.isList(path) || path == "search.stopped" || path.hasPrefix("search.best.params") {
      return .other
    }
    if path.hasSuffix(".error") { return .spread }
    if path.hasSuffix(".std"), runPaths.contains("\(path.dropLast(4)).mean") { return .spread }
    if path.hasSuffix(".mean") { return .number(String(path.dropLast(5))) }
    return .number(path)
  }

  /// The paths of the summary.
  var paths: [String] {
    runPaths.flatMap { path -> [String] in
      switch kind(path) {
      case .constant: [path]
      case .number(let base): ["\(base).mean", "\(base).std", "\(base).values"]
      case .history: ["\(path).mean", "\(path).std", "\(path).values"]
      case .other: ["\(path).values"]
      case .spread: []
      }
    }
  }

  /// The values of all repetitions as one.
  func values(of repetitions: [[String: RecordedValue]]) -> [String: RecordedValue] {
    var result: [String: RecordedValue] = [:]
    let found = Set(repetitions.flatMap(\.keys)).sorted()
    for path in found {
      let values = repetitions.compactMap { $0[path] }
      switch kind(path) {
      case .constant: result[path] = values.first
      case .number(let base): summarize(values.compactMap(\.number), base, into: &result)
      case .history: summarize(histories: values.map { $0.numbers ?? [] }, path, into: &result)
      case .other: result["\(path).values"] = .list(values)
      case .spread: break
      }
    }
    return result
  }

  private func summarize(_ numbers: [Double], _ base: String, into result: inout [String: RecordedValue]) {
    result["\(base).mean"] = .real(Statistics.mean(numbers))
    result["\(base).std"] = .real(Statistics.standardDeviation(numbers))
    result["\(base).values"] = .reals(numbers)
  }

  private func summarize(
    histories: [[Double]], _ path: String, into result: inout [String: RecordedValue]
  ) {
    let epochs = Self.spread(of: histories)
    result["\(path).mean"] = .reals(epochs.mean)
    result["\(path).std"] = .reals(epochs.deviation)
    result["\(path).values"] = .list(histories.map { .reals($0) })
  }

  /// The mean and the standard deviation of curves, as far as all of them go.
  static func spread(of curves: [[Double]]) -> (mean: [Double], deviation: [Double]) {
    let count = curves.map(\.count).min() ?? 0
    let columns = (0..<count).map { index in curves.map { $0[index] } }
    return (columns.map { Statistics.mean($0) }, columns.map { Statistics.standardDeviation($0) })
  }
}
