/// How often the examples of one division into groups meet those of another.
struct Contingency {
  /// The numbers of examples, first groups × second groups.
  let counts: [[Double]]
  /// The examples of each first group.
  let first: [Double]
  /// The examples of each second group.
  let second: [Double]
  /// The number of examples.
  let total: Double

  /// The numbers of examples that two divisions have in common.
  init(_ first: Clusters, _ second: Clusters) {
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: second.members.count), count: first.members.count)
    for (one, other) in zip(first.numbers, second.numbers) { counts[one][other] += 1 }
    self.counts = counts
    self.first = first.members.map { Double($0.count) }
    self.second = second.members.map { Double($0.count) }
    total = Double(first.numbers.count)
  }
}
