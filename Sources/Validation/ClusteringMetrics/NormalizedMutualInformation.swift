import Components
import Datasets
import Search
import Tensors

/// `2 I(K, C) / (H(K) + H(C))`: the information that clusters K and classes C share, as a part of the mean of
/// what each holds (Strehl and Ghosh 2002, with the arithmetic mean); 1 if each says everything about the
/// other.
///
/// One cluster of one class counts as perfect.
public struct NormalizedMutualInformation: ClusteringMetric {
  /// The shared information.
  public init() {}

  static let component = Component<any ClusteringMetric>(
    "normalized-mutual-information", help: "The information that clusters and classes share, from 0 to 1.",
    swift: "NormalizedMutualInformation()"
  ) { _ in NormalizedMutualInformation() }

  public var name: String { "normalized-mutual-information" }
  public var direction: Direction { .maximize }
  public var needsClasses: Bool { true }

  public func value(_ clusters: [Int], _ data: Dataset) -> Double {
    guard let classes = data.classes, classes.count == clusters.count else { return .nan }
    let table = Contingency(Clusters(classes), Clusters(clusters))
    if table.first.count < 2, table.second.count < 2 { return 1 }
    let shared = Self.information(table)
    guard shared > 0 else { return 0 }
    return shared / ((Self.entropy(table.first) + Self.entropy(table.second)) / 2)
  }

  /// `Σ p(k, c) log (p(k, c) / (p(k) p(c)))`; terms below the rounding of one are zero.
  private static func information(_ table: Contingency) -> Double {
    let total = Double.log(table.total)
    var sum = 0.0
    for (row, counts) in table.counts.enumerated() {
      for (column, count) in counts.enumerated() where count > 0 {
        let chance = Double.log(table.first[row] * table.second[column])
        let term = count / table.total * (Double.log(count) + total - chance)
        if term.magnitude >= .ulpOfOne { sum += term }
      }
    }
    return sum
  }

  private static func entropy(_ counts: [Double]) -> Double {
    let total = Statistics.sum(counts)
    return -counts.reduce(0) { $0 + $1 / total * (Double.log($1) - Double.log(total)) }
  }
}
