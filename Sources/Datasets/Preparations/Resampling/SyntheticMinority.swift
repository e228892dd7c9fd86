import Components
import Tensors

/// Adds examples to the smaller classes, each at a random place between one and one of its nearest neighbors of the same
/// class (SMOTE: Chawla and others, 2002), until all classes have as many.
public struct SyntheticMinority: Resampling {
  /// The number of neighbors among which the other end is drawn.
  public var neighbors: Int

  /// Examples in between.
  public init(neighbors: Int = 5) { self.neighbors = neighbors }

  private static let neighborsParameter = Parameter<Int>(
    "neighbors", default: 5, "at least 1", help: "The number of nearest examples to draw from."
  ) { $0 >= 1 }
  static let name = "smote"
  static let component = Component<any Preparation>(
    name, help: "Adds examples between neighbors of smaller classes in training.",
    swift: "SyntheticMinority(neighbors)", parameters: [neighborsParameter]
  ) { SyntheticMinority(neighbors: $0[neighborsParameter]) }

  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    try data.requireNumbers()
    guard data.hasClasses else { throw .resampledValues(preparation: Self.name) }
    var result = data
    result.isResampled = true
    return result
  }

  func resampled(_ training: Dataset, classes: [[Int]], using stream: inout RandomStream) -> Dataset {
    let most = classes.map(\.count).max() ?? 0
    var indices = Array(0..<training.count)
    var added: [Double] = []
    for members in classes where members.count < most {
      let near = nearest(members, in: training.inputs)
      for _ in members.count..<most {
        let base = stream.integer(below: members.count)
        let share = stream.uniform()
        indices.append(members[base])
        let start = training.inputs.row(members[base])
        guard !near[base].isEmpty else {
          added += start
          continue
        }
        let end = training.inputs.row(near[base][stream.integer(below: near[base].count)])
        added += zip(start, end).map { $0 + share * ($1 - $0) }
      }
    }
    var result = training.subset(indices)
    result.inputs = Tensor(training.inputs.elements + added, shape: result.inputs.shape)
    return result
  }

  /// The nearest other members of each member, ties to the one that comes first.
  private func nearest(_ members: [Int], in inputs: Tensor<Double>) -> [[Int]] {
    members.map { member in
      let own = inputs.row(member)
      let distances = members.filter { $0 != member }.map { other in
        (zip(own, inputs.row(other)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }, other)
      }
      return distances.sorted { $0 < $1 }.prefix(neighbors).map(\.1)
    }
  }
}
