import Components
import Datasets
import Search
import Tensors

/// How far the agreement of true and predicted classes exceeds that of chance: `1 − Σ w O / Σ w E` with the
/// counts O, those of chance E and the weight w of taking one class for another (Cohen 1960 and 1968).
///
/// NaN if chance alone makes no mistake. Weights that grow with the distance suit classes in an order, that
/// of the data.
public struct CohenKappa: Metric {
  /// How much it costs to take one class for another.
  public enum Weighting: String, NamedChoice {
    /// The same for all.
    case none
    /// The distance between their numbers.
    case linear
    /// The square of the distance.
    case quadratic
  }

  /// How much mistakes cost.
  public var weighting: Weighting

  /// The kappa.
  public init(weighting: Weighting = .none) { self.weighting = weighting }

  private static let weightingParameter = Parameter<Weighting>(
    "weighting", default: .none, help: "How the cost of a mistake grows with the distance of the classes.")
  static let component = Component<any Metric>(
    "cohen-kappa", help: "The agreement of true and predicted classes beyond chance.",
    swift: "CohenKappa(weighting)", parameters: [weightingParameter]
  ) { CohenKappa(weighting: $0[weightingParameter]) }

  public var name: String { "cohen-kappa" + (weighting == .none ? "" : "-\(weighting.rawValue)") }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    let (truth, predicted, total) = (matrix.truthTotals, matrix.predictedTotals, matrix.total)
    var (found, expected) = (0.0, 0.0)
    for row in 0..<matrix.classes {
      for column in 0..<matrix.classes {
        let cost = cost(row, column)
        found += cost * matrix.counts[row, column]
        expected += cost * (truth[row] * predicted[column] / total)
      }
    }
    return expected == 0 ? .nan : 1 - found / expected
  }

  private func cost(_ truth: Int, _ predicted: Int) -> Double {
    let distance = Double(truth - predicted).magnitude
    return switch weighting {
    case .none: distance == 0 ? 0 : 1
    case .linear: distance
    case .quadratic: distance * distance
    }
  }
}
