import Components
import Datasets
import Search
import Tensors

/// The mean recall of the classes that examples have (Brodersen and others 2010): what guessing gives does not depend on
/// how often classes are.
public struct BalancedAccuracy: Metric {
  /// Whether guessing is 0 and not one over the number of classes.
  public var isAdjusted: Bool

  /// The balanced accuracy.
  public init(isAdjusted: Bool = false) { self.isAdjusted = isAdjusted }

  public var name: String { isAdjusted ? "balanced-accuracy-adjusted" : "balanced-accuracy" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  private static let adjusted = Parameter<Bool>(
    "adjusted", default: false, help: "Whether guessing gives 0, a perfect prediction 1.")
  static let component = Component<any Metric>(
    "balanced-accuracy", help: "The mean recall over classes.",
    swift: "BalancedAccuracy(isAdjusted adjusted)", parameters: [adjusted]
  ) { BalancedAccuracy(isAdjusted: $0[adjusted]) }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let matrix = ConfusionMatrix(predictions, data) else { return .nan }
    let recalls = zip(matrix.hits, matrix.truths).filter { $0.1 > 0 }.map { $0 / $1 }
    let mean = Statistics.mean(recalls)
    guard isAdjusted else { return mean }
    let chance = 1 / Double(recalls.count)
    return (mean - chance) / (1 - chance)
  }
}
