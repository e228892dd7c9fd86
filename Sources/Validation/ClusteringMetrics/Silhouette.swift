import Components
import Datasets
import Search
import Tensors

/// The mean silhouette of all examples: 1 for dense clusters far apart, around 0 for clusters that overlap,
/// negative for examples in the wrong one (Rousseeuw 1987).
///
/// NaN unless there are at least two clusters and fewer than examples.
public struct Silhouette: ClusteringMetric {
  /// The mean silhouette.
  public init() {}

  static let component = Component<any ClusteringMetric>(
    "silhouette", help: "How much nearer examples are to their own cluster than to the next one.",
    swift: "Silhouette()"
  ) { _ in Silhouette() }

  public var name: String { "silhouette" }
  public var direction: Direction { .maximize }

  public func value(_ clusters: [Int], _ data: Dataset) -> Double {
    Self.values(clusters, data.inputs).map(Statistics.mean) ?? .nan
  }

  /// `(b − a) / max(a, b)` of each example, with its mean distance a from the others of its cluster and the
  /// smallest mean distance b from those of another; 0 for a cluster of one example.
  ///
  /// Nil unless there are at least two clusters and fewer than examples.
  public static func values(_ clusters: [Int], _ inputs: Tensor<Double>) -> [Double]? {
    let clusters = Clusters(clusters)
    guard clusters.areComparable, inputs.rows == clusters.numbers.count else { return nil }
    let sizes = clusters.members.map { Double($0.count) }
    return clusters.numbers.enumerated().map { example, own in
      var sums = [Double](repeating: 0, count: sizes.count)
      let place = inputs.row(example)
      for other in clusters.numbers.indices {
        sums[clusters.numbers[other]] += Clusters.squaredDistance(place, inputs.row(other)).squareRoot()
      }
      guard sizes[own] > 1 else { return 0 }
      let within = sums[own] / (sizes[own] - 1)
      var between = Double.infinity
      for number in sizes.indices where number != own { between = min(between, sums[number] / sizes[number]) }
      let largest = max(within, between)
      return largest == 0 ? 0 : (between - within) / largest
    }
  }
}
