import Components
import Datasets
import Search
import Tensors

/// The mean of `q (y − ŷ)` for targets above their prediction and `(1 − q) (ŷ − y)` for those below, over
/// examples and outputs: smallest if predictions are the q-quantile (the pinball loss, Koenker and Bassett
/// 1978).
public struct QuantileLoss: Metric {
  /// The quantile.
  public var quantile: Double

  /// The loss of a quantile.
  public init(_ quantile: Double = 0.5) { self.quantile = quantile }

  private static let quantileParameter = Parameter<Double>(
    "quantile", default: 0.5, "above 0 and below 1", help: "The quantile that predictions should be."
  ) { $0 > 0 && $0 < 1 }
  static let component = Component<any Metric>(
    "quantile-loss", help: "The error of predictions of a quantile.", swift: "QuantileLoss(_ quantile)",
    parameters: [quantileParameter]
  ) { QuantileLoss($0[quantileParameter]) }

  public var name: String { "quantile-loss" + (quantile == 0.5 ? "" : "-\(quantile.recipeText)") }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.weightedMean(of: predictions) { target, prediction in
      let rest = target - prediction
      return rest >= 0 ? quantile * rest : (quantile - 1) * rest
    }
  }
}
