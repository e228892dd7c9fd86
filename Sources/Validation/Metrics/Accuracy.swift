import Components
import Datasets
import Search
import Tensors

/// The share of examples whose largest output is that of their class; ties go to the lower class.
public struct Accuracy: Metric {
  /// The accuracy.
  public init() {}

  static let component = Component<any Metric>(
    "accuracy", help: "The share of examples whose class is predicted.", swift: "Accuracy()"
  ) { _ in Accuracy() }

  public var name: String { "accuracy" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let truth = data.classes, let predicted = ConfusionMatrix.predictedClasses(predictions, data) else {
      return .nan
    }
    return data.weightedMean { predicted[$0] == truth[$0] ? 1 : 0 }
  }
}
