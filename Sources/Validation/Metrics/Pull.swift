import Datasets
import Search
import Tensors

/// The mean or the standard deviation of `(ŷ − y) / σ`, with n − 1 in the denominator: 0 and 1 where errors explain the
/// differences.
public struct Pull: Metric {
  /// What is told about pulls.
  public enum Moment: String, Sendable, Hashable {
    case mean, deviation
  }

  /// What is told.
  public var moment: Moment

  /// A moment of the pulls.
  public init(_ moment: Moment) { self.moment = moment }

  public var name: String { "pull-\(moment.rawValue)" }
  public var takesClasses: Bool { false }
  /// Neither small nor large is good; what is searched for is the least.
  public var direction: Direction { .minimize }
  public var needsErrors: Bool { true }
  public var leastExamples: Int { moment == .mean ? 1 : 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let errors = data.errors, errors.count == predictions.elements.count else { return .nan }
    let pulls = zip(zip(predictions.elements, data.targetValues.elements), errors).map { ($0.0 - $0.1) / $1 }
    let weights = data.weights ?? [Double](repeating: 1, count: pulls.count)
    let total = Statistics.sum(weights)
    let mean = Statistics.sum(zip(pulls, weights).map { $0 * $1 }) / total
    guard moment == .deviation else { return mean }
    let squares = Statistics.sum(zip(pulls, weights).map { ($0 - mean) * ($0 - mean) * $1 })
    return total > 1 ? (squares / (total - 1)).squareRoot() : .nan
  }
}
