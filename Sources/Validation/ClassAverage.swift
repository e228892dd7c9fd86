import Components
import Datasets
import Tensors

/// How scores of single classes, each against all others, become one score.
public enum ClassAverage: String, NamedChoice {
  /// The second class of two, the mean over the classes of more.
  case automatic
  /// The score of the second of two classes.
  case binary
  /// The mean over the classes.
  case macro
  /// The score of the counts of all classes together.
  case micro
  /// The mean over the classes, weighted by the examples of each.
  case weighted

  static let parameter = Parameter<ClassAverage>(
    "average", default: .automatic,
    help: "How scores of classes become one; binary if there are two, else macro.")

  /// What the name of a metric has behind it.
  var suffix: String { self == .automatic ? "" : "-\(rawValue)" }

  /// Why classes cannot be averaged so; nil if they can.
  func problem(of metric: String, with data: Dataset) -> MetricError? {
    guard self == .binary, let names = data.classNames, names.count != 2 else { return nil }
    return .notTwoClasses(metric: metric, classes: names.count)
  }
}

extension ConfusionMatrix {
  /// How a class is told from the others.
  struct ClassCounts {
    /// Examples of the class that are predicted as such.
    var hits: Double
    /// Examples of the class.
    var truth: Double
    /// Examples that are predicted as the class.
    var predicted: Double
  }

  /// The average of a ratio that each class has, 0 where its denominator is.
  ///
  /// Classes that no example has or is predicted as are left out of means. NaN for the second of other than
  /// two classes.
  func average(
    _ average: ClassAverage, of ratio: (ClassCounts) -> (numerator: Double, denominator: Double)
  ) -> Double {
    func value(_ counts: ClassCounts) -> Double {
      let (numerator, denominator) = ratio(counts)
      return denominator == 0 ? 0 : numerator / denominator
    }
    let (hits, truth, predicted) = (hits, truthTotals, predictedTotals)
    let counts = (0..<classes).map { ClassCounts(hits: hits[$0], truth: truth[$0], predicted: predicted[$0]) }
    guard total != 0 else { return .nan }
    switch average {
    case .automatic: return self.average(classes == 2 ? .binary : .macro, of: ratio)
    case .binary: return classes == 2 ? value(counts[1]) : .nan
    case .macro: return Statistics.mean(occurring.map { value(counts[$0]) })
    case .micro:
      return value(
        ClassCounts(hits: Statistics.sum(hits), truth: total, predicted: Statistics.sum(predicted)))
    case .weighted:
      var mean = WeightedMean()
      for counts in counts { mean.add(value(counts), weight: counts.truth) }
      return mean.value
    }
  }
}
