import Components
import Datasets

/// What keeps a metric from scoring data, as facts.
public enum MetricError: Error, Equatable, Sendable {
  case tooManyGuesses(k: Int, classes: Int)
  case binaryOfMany(classes: Int)
  case noErrors(metric: String)
}

extension MetricError: Explained {
  public var sentence: String {
    switch self {
    case .tooManyGuesses(let k, let classes):
      "the best \(k) of \(classes) classes always hold the true one"
    case .binaryOfMany(let classes): "the average \"binary\" needs two classes, but there are \(classes)"
    case .noErrors(let metric): "\(metric) needs data that know the errors of their targets"
    }
  }

  public var hint: String? {
    switch self {
    case .tooManyGuesses(_, let classes): classes > 2 ? "give k: a number below \(classes)" : "use accuracy"
    case .binaryOfMany: "use macro, micro or weighted"
    case .noErrors: "name the column of errors, as in error: sigma, or use a law with noise"
    }
  }
}

extension ClassAverage {
  /// What keeps classes of data from being averaged so.
  func problem(with data: Dataset) -> MetricError? {
    self == .binary && data.outputCount != 2 ? .binaryOfMany(classes: data.outputCount) : nil
  }
}
