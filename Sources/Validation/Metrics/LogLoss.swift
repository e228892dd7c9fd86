import Components
import Datasets
import Search
import Tensors

/// The mean of `−log p` of the probability p of each example's class, kept ε away from 0 and 1 with ε the
/// distance from 1 to the next number.
public struct LogLoss: Metric {
  /// The loss.
  public init() {}

  static let component = Component<any Metric>(
    "log-loss", help: "The mean negative logarithm of the probability of the true class.", swift: "LogLoss()"
  ) { _ in LogLoss() }

  public var name: String { "log-loss" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .minimize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let truth = data.classes, ConfusionMatrix.predictedClasses(predictions, data) != nil else {
      return .nan
    }
    return data.weightedMean { row in
      -Double.log(min(max(predictions[row, truth[row]], .ulpOfOne), 1 - .ulpOfOne))
    }
  }
}
