import Components
import Datasets
import Search
import Tensors

/// A score of how examples are divided into clusters, computed in Double.
///
/// Clusters are any numbers; those below zero, which some methods give to noise, are clusters like the
/// others. Weights of examples play no part.
public protocol ClusteringMetric: Sendable {
  /// The name in recipes and results.
  var name: String { get }
  /// Whether large or small values are good.
  var direction: Direction { get }
  /// Whether it needs to know the class of each example; otherwise it looks at the inputs.
  var needsClasses: Bool { get }
  /// The score of the clusters of all examples; NaN where it is not defined.
  func value(_ clusters: [Int], _ data: Dataset) -> Double
}

extension ClusteringMetric {
  public var needsClasses: Bool { false }
}

/// All metrics of clusters.
public enum ClusteringMetrics {
  /// The metrics by name.
  public static let catalog = Catalog<any ClusteringMetric>(
    "metric of clusters",
    [
      Silhouette.component, AdjustedRand.component, NormalizedMutualInformation.component,
      DaviesBouldin.component, CalinskiHarabasz.component,
    ])
}
