import Components
import Datasets
import Search
import Tensors

/// The mean of `q (y − ŷ)` above and of `(1 − q) (ŷ − y)` below the prediction: least for the quantile q (Koenker and
/// Bassett 1978).
public struct QuantileLoss: Metric {
  /// q.
  public var quantile: Double

  /// The loss of a quantile.
  public init(_ quantile: Double = 0.5) { self.quantile = quantile }

  public var name: String { quantile == 0.5 ? "quantile-loss" : "quantile-loss-\(quantile.recipeText)" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }

  private static let quantileParameter = Parameter<Double>(
    "quantile", default: 0.5, "between 0 and 1", help: "The quantile that predictions stand for."
  ) { $0 > 0 && $0 < 1 }
  static let component = Component<any Metric>(
    "quantile-loss", help: "Least for predictions of a quantile.", swift: "QuantileLoss(_ quantile)",
    parameters: [quantileParameter]
  ) { QuantileLoss($0[quantileParameter]) }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    ValueErrors(predictions, data).mean { prediction, target in
      let difference = target - prediction
      return difference >= 0 ? quantile * difference : (quantile - 1) * difference
    }
  }
}
