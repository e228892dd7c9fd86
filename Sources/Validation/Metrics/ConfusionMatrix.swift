import Datasets
import Tensors

/// How much weight of each class was taken for each: a row a true class, a column a predicted one.
public struct ConfusionMatrix: Sendable, Hashable {
  /// The weights, classes × classes; the number of examples where they have none.
  public let counts: Tensor<Double>

  /// What normalized entries add up to one over.
  public enum Normalization: Sendable, CaseIterable {
    case truth, prediction, all
  }

  /// Counts examples whose class is that of the largest score; ties go to the lower class.
  ///
  /// Nil for targets that are no classes, and for scores that are no numbers.
  public init?(_ scores: Tensor<Double>, _ data: Dataset) {
    guard let classes = data.classes, !classes.isEmpty else { return nil }
    var counts = Tensor<Double>(repeating: 0, shape: [data.outputCount, data.outputCount])
    for (row, truth) in classes.enumerated() {
      let values = scores.row(row)
      // A network that has diverged predicts nothing.
      guard !values.contains(where: \.isNaN) else { return nil }
      var best = values.startIndex
      for index in values.indices where values[index] > values[best] { best = index }
      counts[truth, best - values.startIndex] += data.weights?[row] ?? 1
    }
    self.counts = counts
  }

  /// The number of classes.
  public var classCount: Int { counts.rows }

  /// The weight of the examples of each class.
  public var truths: [Double] { (0..<classCount).map { Statistics.sum(Array(counts.row($0))) } }

  /// The weight of what was taken for each class.
  public var predictions: [Double] {
    (0..<classCount).map { column in Statistics.sum((0..<classCount).map { counts[$0, column] }) }
  }

  /// The weight of the examples of each class that were taken for it.
  public var hits: [Double] { (0..<classCount).map { counts[$0, $0] } }

  /// The weight of all examples.
  public var total: Double { Statistics.sum(counts.elements) }

  /// The classes that examples have or were taken for.
  public var present: [Int] {
    let (truths, predictions) = (truths, predictions)
    return (0..<classCount).filter { truths[$0] > 0 || predictions[$0] > 0 }
  }

  /// The entries as shares; a row or a column without examples stays zero.
  public func normalized(over normalization: Normalization) -> Tensor<Double> {
    var shares = counts
    let (truths, predictions, total) = (truths, predictions, total)
    for row in 0..<classCount {
      for column in 0..<classCount {
        let whole =
          switch normalization {
          case .truth: truths[row]
          case .prediction: predictions[column]
          case .all: total
          }
        if whole > 0 { shares[row, column] /= whole }
      }
    }
    return shares
  }
}
