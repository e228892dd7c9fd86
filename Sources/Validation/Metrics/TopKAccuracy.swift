import Components
import Datasets
import Search
import Tensors

/// The share of examples whose class is among those of the k largest scores; of equal scores the higher class counts as
/// larger, as in scikit-learn.
public struct TopKAccuracy: Metric {
  /// How many classes may be named.
  public var k: Int

  /// The accuracy of k guesses.
  public init(k: Int = 2) { self.k = k }

  public var name: String { "top-\(k)-accuracy" }
  public var takesClasses: Bool { true }
  public var direction: Direction { .maximize }

  private static let kParameter = Parameter<Int>(
    "k", default: 2, "at least 1", help: "How many classes may be named."
  ) { $0 >= 1 }
  static let component = Component<any Metric>(
    "top-k-accuracy", help: "The share of examples whose class is among the k most likely.",
    swift: "TopKAccuracy(k)", parameters: [kParameter]
  ) { TopKAccuracy(k: $0[kParameter]) }

  public func problem(with data: Dataset) -> MetricError? {
    data.outputCount > k ? nil : .tooManyGuesses(k: k, classes: data.outputCount)
  }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    guard let classes = data.classes, !classes.isEmpty else { return .nan }
    var (hits, total) = (0.0, 0.0)
    for (row, truth) in classes.enumerated() {
      let scores = Array(predictions.row(row))
      guard !scores.contains(where: \.isNaN) else { return .nan }
      let better = scores.indices.count { other in
        scores[other] > scores[truth] || scores[other] == scores[truth] && other > truth
      }
      let weight = data.weights?[row] ?? 1
      total += weight
      if better < k { hits += weight }
    }
    return hits / total
  }
}
