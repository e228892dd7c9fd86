import Datasets
import Tensors

/// Examples with their clusters, numbered from zero in the order of the numbers that they were given.
struct Clusters {
  /// The number of each example's cluster.
  let numbers: [Int]
  /// The examples of each cluster.
  let members: [[Int]]

  /// The clusters of examples.
  init(_ given: [Int]) {
    let distinct = Set(given).sorted()
    let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    let numbers = given.map { places[$0] ?? 0 }
    var members = [[Int]](repeating: [], count: distinct.count)
    for (example, number) in numbers.enumerated() { members[number].append(example) }
    self.numbers = numbers
    self.members = members
  }

  /// Whether distances within and between clusters can be compared: there are two at least, and fewer than
  /// examples.
  var areComparable: Bool { members.count > 1 && members.count < numbers.count }

  /// The mean of the inputs of each cluster.
  func centers(in inputs: Tensor<Double>) -> [[Double]] { members.map { Self.center(of: $0, in: inputs) } }

  /// The mean of the inputs of examples.
  static func center(of examples: [Int], in inputs: Tensor<Double>) -> [Double] {
    (0..<inputs.columns).map { column in Statistics.mean(examples.map { inputs[$0, column] }) }
  }

  /// The squared Euclidean distance of two points.
  static func squaredDistance(_ first: some Collection<Double>, _ second: some Collection<Double>) -> Double {
    zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}
