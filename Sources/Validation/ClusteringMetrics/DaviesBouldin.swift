import Components
import Datasets
import Search
import Tensors

/// The mean over clusters of the largest `(sᵢ + sⱼ) / dᵢⱼ`, with the mean distance s of a cluster's examples
/// from its center and the distance d of two centers (Davies and Bouldin 1979): 0 for points far apart,
/// larger for wide clusters.
///
/// Clusters with the same center are not compared; 0 if no cluster has any width, or all have one center. NaN
/// unless there are at least two clusters and fewer than examples.
public struct DaviesBouldin: ClusteringMetric {
  /// The index.
  public init() {}

  static let component = Component<any ClusteringMetric>(
    "davies-bouldin", help: "How wide clusters are for their distance from the most similar one.",
    swift: "DaviesBouldin()"
  ) { _ in DaviesBouldin() }

  public var name: String { "davies-bouldin" }
  public var direction: Direction { .minimize }

  /// Lengths up to here are zero, as in scikit-learn.
  private static var smallest: Double { 1e-8 }

  public func value(_ clusters: [Int], _ data: Dataset) -> Double {
    let clusters = Clusters(clusters)
    guard clusters.areComparable, clusters.numbers.count == data.count else { return .nan }
    let centers = clusters.centers(in: data.inputs)
    let widths = zip(clusters.members, centers).map { members, center in
      Statistics.mean(
        members.map { Clusters.squaredDistance(data.inputs.row($0), center).squareRoot() })
    }
    let distances = centers.map { first in
      centers.map { Clusters.squaredDistance(first, $0).squareRoot() }
    }
    if widths.allSatisfy({ $0 <= Self.smallest }) || distances.joined().allSatisfy({ $0 <= Self.smallest }) {
      return 0
    }
    let ratios = centers.indices.map { first in
      centers.indices.reduce(0) { largest, second in
        let distance = distances[first][second]
        return distance == 0 ? largest : max(largest, (widths[first] + widths[second]) / distance)
      }
    }
    return Statistics.mean(ratios)
  }
}
