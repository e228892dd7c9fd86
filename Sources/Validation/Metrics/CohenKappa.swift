import Components
import Datasets
import Search
import Tensors

/// The agreement of true and predicted classes beyond that of chance (Cohen 1960, weighted 1968): `1 − Σ w c / Σ w e` with
/// the counts c, those expected by chance e, and weights w that grow with the distance of classes.
public struct CohenKappa: Metric {
  /// How much a confusion of two classes weighs.
  public enum Weighting: String, NamedChoice, Hashable {
    /// All the same.
    case none
    /// By their distance in the order of classes.
    case linear
    /// By its square.
    case quadratic
  }

  /// How much a confusion weighs.
  public var weighting: Weighting

  /// Cohen's kappa.
  public init(weighting: Weighting = .none) { self.weighting = weighting }

  public var name: String { weighting == .none ? "cohen-kappa" : "cohen-kappa-\(weighting.rawValue)" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }
  public var leastExamples: Int { 2 }

  private static let weightingParameter = Parameter<Weighting>(
    "weighting", default: .none, help: "How much a confusion of distant classes weighs.")
  static let component = Component<any Metric>(
    "cohen-kappa", help: "The agreement beyond that of chance.", swift: "CohenKappa(weighting)",
    parameters: [weightingParameter]
  ) { CohenKappa(weighting: $0[weightingParameter]) }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    let (truths, predicted, total) = (matrix.truths, matrix.predictions, matrix.total)
    // Classes that nobody named do not lie between others.
    let present = matrix.present
    var (found, expected) = (0.0, 0.0)
    for (row, truth) in present.enumerated() {
      for (column, prediction) in present.enumerated() {
        let distance = Double((row - column).magnitude)
        let weight =
          switch weighting {
          case .none: row == column ? 0.0 : 1
          case .linear: distance
          case .quadratic: distance * distance
          }
        found += weight * matrix.counts[truth, prediction]
        expected += weight * truths[truth] * predicted[prediction] / total
      }
    }
    return expected > 0 ? 1 - found / expected : .nan
  }
}
