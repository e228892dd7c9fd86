import Components
import Datasets
import Search
import Tensors

/// The share of pairs of examples on which clusters and classes agree whether they belong together, moved so
/// that chance scores 0 and equal divisions 1 (Hubert and Arabie 1985).
public struct AdjustedRand: ClusteringMetric {
  /// The index.
  public init() {}

  static let component = Component<any ClusteringMetric>(
    "adjusted-rand", help: "On how many pairs of examples clusters and classes agree, beyond chance.",
    swift: "AdjustedRand()"
  ) { _ in AdjustedRand() }

  public var name: String { "adjusted-rand" }
  public var direction: Direction { .maximize }
  public var needsClasses: Bool { true }

  public func value(_ clusters: [Int], _ data: Dataset) -> Double {
    guard let classes = data.classes, classes.count == clusters.count else { return .nan }
    let table = Contingency(Clusters(classes), Clusters(clusters))
    func squares(_ counts: [Double]) -> Double { counts.reduce(0) { $0 + $1 * $1 } }
    // Ordered pairs: together in both, in clusters only, in classes only, in neither.
    let both = squares(table.counts.flatMap(\.self))
    let clustersOnly = squares(table.second) - both
    let classesOnly = squares(table.first) - both
    if clustersOnly == 0, classesOnly == 0 { return 1 }
    let together = both - table.total
    let neither = table.total * table.total - clustersOnly - classesOnly - both
    return 2 * (together * neither - classesOnly * clustersOnly)
      / ((together + classesOnly) * (classesOnly + neither)
        + (together + clustersOnly) * (clustersOnly + neither))
  }
}
