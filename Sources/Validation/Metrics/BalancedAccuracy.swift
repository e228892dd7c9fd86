import Components
import Datasets
import Search
import Tensors

/// The mean over the classes of the share of their examples that are predicted as such, whatever their
/// number; classes without an example are left out (Brodersen and others 2010).
///
/// Adjusted, it is 0 for guesses and 1 for perfect predictions: `(a − 1/c) / (1 − 1/c)` with c classes, NaN
/// for one.
public struct BalancedAccuracy: Metric {
  /// Whether guesses score 0.
  public var adjusted: Bool

  /// The balanced accuracy.
  public init(adjusted: Bool = false) { self.adjusted = adjusted }

  private static let adjustedParameter = Parameter<Bool>(
    "adjusted", default: false, help: "Whether the scale is moved so that guesses score 0.")
  static let component = Component<any Metric>(
    "balanced-accuracy", help: "The accuracy if all classes had the same number of examples.",
    swift: "BalancedAccuracy(adjusted)", parameters: [adjustedParameter]
  ) { BalancedAccuracy(adjusted: $0[adjustedParameter]) }

  public var name: String { "balanced-accuracy" + (adjusted ? "-adjusted" : "") }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    let (hits, totals) = (matrix.hits, matrix.truthTotals)
    let recalls = totals.indices.filter { totals[$0] != 0 }.map { hits[$0] / totals[$0] }
    let score = Statistics.mean(recalls)
    guard adjusted else { return score }
    let chance = 1 / Double(recalls.count)
    return chance == 1 ? .nan : (score - chance) / (1 - chance)
  }
}
