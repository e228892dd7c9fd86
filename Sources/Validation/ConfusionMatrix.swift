import Datasets
import Tensors

/// How often examples of each class are taken for each class: classes × classes, the true class in the row
/// and the predicted one in the column; examples count by their weights.
public struct ConfusionMatrix: Sendable, Equatable {
  /// What shares are shares of.
  public enum Normalization: String, Sendable, CaseIterable {
    /// The examples of the true class: rows add up to one.
    case truth
    /// The examples of the predicted class: columns add up to one.
    case predicted
    /// All examples.
    case all
  }

  /// The weighted numbers of examples.
  public let counts: Tensor<Double>

  /// The matrix of so many classes; weights of nil are ones.
  public init(truth: [Int], predicted: [Int], classes: Int, weights: [Double]? = nil) {
    var counts = Tensor<Double>(repeating: 0, shape: [classes, classes])
    for row in truth.indices { counts[truth[row], predicted[row]] += weights?[row] ?? 1 }
    self.counts = counts
  }

  /// The matrix of predictions, examples × classes, of which the largest counts and the lower class of
  /// equals.
  ///
  /// Nil if the targets are no classes or a prediction is not a number.
  public init?(_ predictions: Tensor<Double>, _ data: Dataset) {
    guard let truth = data.classes, let predicted = Self.predictedClasses(predictions, data) else {
      return nil
    }
    self.init(truth: truth, predicted: predicted, classes: predictions.columns, weights: data.weights)
  }

  /// The column of the largest number of each row; nil as for the matrix.
  static func predictedClasses(_ predictions: Tensor<Double>, _ data: Dataset) -> [Int]? {
    let width = predictions.columns
    guard data.classes?.count == predictions.rows, data.outputCount == width else { return nil }
    var result: [Int] = []
    result.reserveCapacity(predictions.rows)
    for row in 0..<predictions.rows {
      var best = 0
      for column in 0..<width {
        let value = predictions.elements[row * width + column]
        // A network that has diverged predicts nothing.
        if value.isNaN, data.weight(row) != 0 { return nil }
        if value > predictions.elements[row * width + best] { best = column }
      }
      result.append(best)
    }
    return result
  }

  /// The number of classes.
  public var classes: Int { counts.rows }

  /// The number of examples.
  public var total: Double { Statistics.sum(truthTotals) }

  /// How many examples of each class are predicted as such.
  public var hits: [Double] { (0..<classes).map { counts[$0, $0] } }

  /// How many examples there are of each class.
  public var truthTotals: [Double] { (0..<classes).map { Statistics.sum(Array(counts.row($0))) } }

  /// How many examples are predicted as each class.
  public var predictedTotals: [Double] {
    (0..<classes).map { column in Statistics.sum((0..<classes).map { counts[$0, column] }) }
  }

  /// The classes that some example has or is predicted as.
  public var occurring: [Int] {
    let (truth, predicted) = (truthTotals, predictedTotals)
    return (0..<classes).filter { truth[$0] != 0 || predicted[$0] != 0 }
  }

  /// The counts as shares; 0 where there is nothing to have a share of.
  public func normalized(by normalization: Normalization) -> Tensor<Double> {
    let (truth, predicted, total) = (truthTotals, predictedTotals, total)
    var shares = counts
    for row in 0..<classes {
      for column in 0..<classes {
        let whole =
          switch normalization {
          case .truth: truth[row]
          case .predicted: predicted[column]
          case .all: total
          }
        shares[row, column] = whole == 0 ? 0 : counts[row, column] / whole
      }
    }
    return shares
  }
}
