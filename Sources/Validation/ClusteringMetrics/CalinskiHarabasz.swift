import Components
import Datasets
import Search
import Tensors

/// `B (n − k) / (W (k − 1))` of n examples in k clusters, with the squared distances B of the clusters'
/// centers from the common center, each times its examples, and W of the examples from their centers
/// (Caliński and Harabasz 1974).
///
/// 1 if no cluster has any width; NaN unless there are at least two clusters and fewer than examples.
public struct CalinskiHarabasz: ClusteringMetric {
  /// The index.
  public init() {}

  static let component = Component<any ClusteringMetric>(
    "calinski-harabasz", help: "The variance between clusters over that within them.",
    swift: "CalinskiHarabasz()"
  ) { _ in CalinskiHarabasz() }

  public var name: String { "calinski-harabasz" }
  public var direction: Direction { .maximize }

  public func value(_ clusters: [Int], _ data: Dataset) -> Double {
    let clusters = Clusters(clusters)
    guard clusters.areComparable, clusters.numbers.count == data.count else { return .nan }
    let common = Clusters.center(of: Array(0..<data.count), in: data.inputs)
    var (between, within) = (0.0, 0.0)
    for (members, center) in zip(clusters.members, clusters.centers(in: data.inputs)) {
      between += Double(members.count) * Clusters.squaredDistance(center, common)
      for example in members { within += Clusters.squaredDistance(data.inputs.row(example), center) }
    }
    guard within != 0 else { return 1 }
    let (examples, groups) = (Double(data.count), Double(clusters.members.count))
    return between * (examples - groups) / (within * (groups - 1))
  }
}
