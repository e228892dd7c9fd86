import Components
import Datasets
import Search
import Tensors

/// The share of examples whose class is among the k with the largest outputs.
///
/// Of equal outputs the higher classes come first, but of only two classes the lower one (scikit-learn's
/// convention).
public struct TopKAccuracy: Metric {
  /// How many classes may be named.
  public var k: Int

  /// The accuracy of so many guesses.
  public init(k: Int = 2) { self.k = k }

  private static let countParameter = Parameter<Int>(
    "k", default: 2, "at least 1", help: "How many classes may be named; fewer than there are."
  ) { $0 >= 1 }
  static let component = Component<any Metric>(
    "top-k-accuracy", help: "The share of examples whose class is among the k most probable.",
    swift: "TopKAccuracy(k)", parameters: [countParameter]
  ) { TopKAccuracy(k: $0[countParameter]) }

  public var name: String { "top-\(k)-accuracy" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  public func problem(with data: Dataset) -> MetricError? {
    if let problem = requirement(of: data) { return problem }
    let classes = data.outputCount
    return k < classes ? nil : .everyClassCounts(metric: name, count: k, classes: classes)
  }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let truth = data.classes, ConfusionMatrix.predictedClasses(predictions, data) != nil else {
      return .nan
    }
    return data.weightedMean { row in
      let own = predictions[row, truth[row]]
      let before = (0..<predictions.columns).count { column in
        let other = predictions[row, column]
        let comesFirst = predictions.columns > 2 ? column > truth[row] : column < truth[row]
        return other > own || other == own && comesFirst
      }
      return before < k ? 1 : 0
    }
  }
}
