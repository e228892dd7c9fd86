import Datasets
import Search
import Tensors

/// The share of examples whose largest output is that of their class; ties go to the lower class.
public struct Accuracy: Metric {
  /// The accuracy.
  public init() {}

  public var name: String { "accuracy" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let classes = data.classes, !classes.isEmpty else { return .nan }
    var hits = 0
    for (row, target) in classes.enumerated() {
      let outputs = predictions.row(row)
      // A network that has diverged predicts nothing.
      if outputs.contains(where: \.isNaN) { return .nan }
      var best = outputs.startIndex
      for index in outputs.indices where outputs[index] > outputs[best] { best = index }
      if best - outputs.startIndex == target { hits += 1 }
    }
    return Double(hits) / Double(classes.count)
  }
}
