import Components
import Tensors

/// How scores of single classes become one.
public enum ClassAverage: String, NamedChoice, Hashable {
  /// That of the second class where there are two, else the mean over the classes.
  case automatic
  /// That of the second of two classes.
  case binary
  /// The mean over the classes that examples have or were taken for.
  case macro
  /// Over all decisions, whatever their class.
  case micro
  /// The mean weighted by the examples of each class.
  case weighted

  static let parameter = Parameter<ClassAverage>(
    "average", default: .automatic,
    help: "How classes are averaged: the second of two classes, else the mean over classes, unless given.")

  /// What is appended to the name of a metric.
  var suffix: String { self == .automatic ? "" : "-\(rawValue)" }

  /// The score of a confusion matrix, given that of any hits, truths and predictions.
  func value(_ matrix: ConfusionMatrix, _ score: (Double, Double, Double) -> Double) -> Double {
    let (hits, truths, predictions) = (matrix.hits, matrix.truths, matrix.predictions)
    func own(_ number: Int) -> Double { score(hits[number], truths[number], predictions[number]) }
    switch self {
    case .automatic: return matrix.classCount == 2 ? own(1) : Self.macro.value(matrix, score)
    case .binary: return matrix.classCount == 2 ? own(1) : .nan
    case .macro: return Statistics.mean(matrix.present.map(own))
    case .micro: return score(Statistics.sum(hits), matrix.total, matrix.total)
    case .weighted:
      let total = Statistics.sum(truths)
      return total > 0 ? Statistics.sum(matrix.present.map { truths[$0] * own($0) }) / total : 0
    }
  }
}
