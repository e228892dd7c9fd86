import Components

/// Why there is no score of data, as facts.
public enum MetricError: Error, Equatable, Sendable {
  case needsClasses(metric: String)
  case needsValues(metric: String)
  case needsSeries(metric: String)
  case needsErrors(metric: String)
  case notTwoClasses(metric: String, classes: Int)
  case everyClassCounts(metric: String, count: Int, classes: Int)
}

extension MetricError: Explained {
  public var sentence: String {
    switch self {
    case .needsClasses(let metric): "\(metric) scores classes, but the targets are numbers"
    case .needsValues(let metric): "\(metric) scores numbers, but the targets are classes"
    case .needsSeries(let metric): "\(metric) needs examples that are windows of a series"
    case .needsErrors(let metric): "\(metric) needs to know the errors of the targets"
    case .notTwoClasses(let metric, let classes):
      "\(metric) looks at one of two classes, but the data have \(classes)"
    case .everyClassCounts(let metric, let count, let classes):
      "\(metric) counts every example as a hit: the data have \(classes) classes, and \(count) guesses are "
        + "allowed"
    }
  }

  public var hint: String? {
    switch self {
    case .notTwoClasses: "average: macro, micro or weighted"
    case .everyClassCounts(_, _, let classes) where classes > 1: "k: at most \(classes - 1)"
    default: nil
    }
  }
}
