import Datasets

/// The groups that some examples belong to.
struct ExampleGroups {
  /// The number of each group among all groups of the data, in rising order.
  let numbers: [Int]
  /// The examples of each group, in their order.
  let members: [[Int]]

  /// The groups of some examples; throws if the data have none.
  init(of examples: [Int], in data: Dataset, for splitter: String) throws(SplitterError) {
    guard let groups = data.groups else { throw .needsGroups(splitter: splitter) }
    let present = Array(Set(examples.map { groups[$0] })).sorted()
    let places = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, $0) })
    var members = [[Int]](repeating: [], count: present.count)
    for example in examples {
      if let place = places[groups[example]] { members[place].append(example) }
    }
    numbers = present
    self.members = members
  }

  /// How many groups there are.
  var count: Int { members.count }

  /// The examples of some of the groups, by their places, in rising order.
  func examples(of places: [Int]) -> [Int] { places.flatMap { members[$0] }.sorted() }
}
