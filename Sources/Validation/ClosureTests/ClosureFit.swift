import Tensors

/// One fit of a closure test: the data and what each replica made of them, a value a point.
public struct ClosureFit: Sendable, Hashable {
  /// The data without the replicas' own noise.
  public let data: [Double]
  /// The prediction of each replica.
  public let replicas: [[Double]]
  /// `χ² / N` of each replica against the data that it was fitted to; empty for points that no fit saw.
  public let replicaChi2: [Double]

  /// A fit with the predictions of its replicas.
  package init(data: [Double], replicas: [[Double]], replicaChi2: [Double] = []) {
    self.data = data
    self.replicas = replicas
    self.replicaChi2 = replicaChi2
  }

  /// The mean over the replicas at each point.
  public var mean: [Double] {
    data.indices.map { point in Statistics.mean(replicas.map { $0[point] }) }
  }

  /// The standard deviation of the replicas at each point, with their number in the denominator.
  public var deviation: [Double] {
    data.indices.map { point in
      Statistics.standardDeviation(replicas.map { $0[point] }, correction: 0)
    }
  }
}
