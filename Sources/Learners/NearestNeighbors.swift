import Components
import Datasets
import Tensors

/// The mean of the targets, or the shares of the classes, of the nearest examples by Euclidean distance (Cover and Hart
/// 1967); of equal distances the earlier example counts as nearer.
public struct NearestNeighbors: Learner, Hashable {
  /// How many examples vote; all where there are fewer.
  public var count: Int

  /// The nearest examples.
  public init(_ count: Int = 5) { self.count = count }

  public var name: String { "nearest-neighbors" }

  private static let countParameter = Parameter<Int>(
    "count", default: 5, "at least 1", help: "How many examples vote."
  ) { $0 >= 1 }
  static let component = Component<any Learner>(
    "nearest-neighbors", help: "The mean, or the shares of the classes, of the nearest examples.",
    swift: "NearestNeighbors(_ count)", parameters: [countParameter]
  ) { NearestNeighbors($0[countParameter]) }

  public func fit(_ data: Dataset) -> any FittedLearner {
    Neighborhood(
      inputs: data.inputs, targets: data.targetValues,
      weights: data.weights ?? [Double](repeating: 1, count: data.count), count: min(count, data.count))
  }

  private struct Neighborhood: FittedLearner {
    let inputs: Tensor<Double>
    let targets: Tensor<Double>
    let weights: [Double]
    let count: Int

    var parameterCount: Int { 0 }

    func predict(_ asked: Tensor<Double>) -> Tensor<Double> {
      var result = Tensor<Double>(repeating: 0, shape: [asked.rows, targets.columns])
      for row in 0..<asked.rows {
        let nearest = nearest(to: asked.row(row))
        var total = 0.0
        for example in nearest { total += weights[example] }
        for output in 0..<targets.columns {
          var sum = 0.0
          for example in nearest { sum += weights[example] * targets[example, output] }
          result[row, output] = sum / total
        }
      }
      return result
    }

    private func nearest(to point: ArraySlice<Double>) -> [Int] {
      let distances = (0..<inputs.rows).map { row in
        zip(point, inputs.row(row)).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
      return Array(order.prefix(count))
    }
  }
}
