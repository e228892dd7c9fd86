/// Chooses the order within layers so that few edges cross, by sweeps of barycenters.
struct LayerOrder {
  private let grid: LayerGrid
  private static let mostSweeps = 24

  init(_ grid: LayerGrid) { self.grid = grid }

  /// The best order found; of equally good ones the first, which is nearest to the order of appearance.
  func best() -> [[Int]] {
    var order = grid.layers
    var best = order
    var fewest = crossings(order)
    var sweep = 0
    while sweep < Self.mostSweeps, fewest > 0 {
      let isDown = sweep % 2 == 0
      let indices = isDown ? Array(order.indices.dropFirst()) : order.indices.dropLast().reversed()
      for layer in indices {
        let other = positions(order[isDown ? layer - 1 : layer + 1])
        sort(&order[layer], by: isDown ? grid.above : grid.below, other)
      }
      exchangeNeighbors(&order)
      let count = crossings(order)
      if count < fewest {
        fewest = count
        best = order
      }
      sweep += 1
    }
    return best
  }

  private func positions(_ layer: [Int]) -> [Int: Int] {
    Dictionary(layer.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Sorts by the mean position of neighbors; what has none keeps its place.
  private func sort(_ layer: inout [Int], by neighbors: [[Int]], _ other: [Int: Int]) {
    let centers = layer.map { item -> Double? in
      let places = neighbors[item].compactMap { other[$0] }
      return places.isEmpty ? nil : Double(places.reduce(0, +)) / Double(places.count)
    }
    let movable = layer.indices.filter { centers[$0] != nil }
    let sorted = movable.sorted { first, second in
      let (a, b) = (centers[first] ?? 0, centers[second] ?? 0)
      return a == b ? first < second : a < b
    }
    var result = layer
    for (place, source) in zip(movable, sorted) { result[place] = layer[source] }
    layer = result
  }

  /// Exchanges neighbors in a layer wherever it takes crossings away.
  private func exchangeNeighbors(_ order: inout [[Int]]) {
    // Only worth its time where it is quick.
    guard grid.items.count <= 600 else { return }
    for layer in order.indices where order[layer].count > 1 {
      let before = layer > 0 ? positions(order[layer - 1]) : [:]
      let behind = layer + 1 < order.count ? positions(order[layer + 1]) : [:]
      for index in order[layer].indices.dropLast() {
        let (first, second) = (order[layer][index], order[layer][index + 1])
        let now =
          pairCrossings(grid.above[first], grid.above[second], before)
          + pairCrossings(grid.below[first], grid.below[second], behind)
        let then =
          pairCrossings(grid.above[second], grid.above[first], before)
          + pairCrossings(grid.below[second], grid.below[first], behind)
        if then < now { order[layer].swapAt(index, index + 1) }
      }
    }
  }

  private func pairCrossings(_ first: [Int], _ second: [Int], _ places: [Int: Int]) -> Int {
    let left = first.compactMap { places[$0] }
    let right = second.compactMap { places[$0] }
    return left.reduce(0) { sum, place in sum + right.count { $0 < place } }
  }

  /// The number of crossings: inversions between layers, counted with a tree of sums (Barth, Mutzel and Jünger
  /// 2004).
  func crossings(_ order: [[Int]]) -> Int {
    var total = 0
    for (upper, lower) in zip(order, order.dropFirst()) {
      let places = positions(lower)
      var tree = [Int](repeating: 0, count: lower.count + 1)
      var seen = 0
      for item in upper {
        let targets = grid.below[item].compactMap { places[$0] }.sorted()
        for target in targets {
          // Those that lead farther than this one were begun before it.
          var smaller = 0
          var index = target + 1
          while index > 0 {
            smaller += tree[index]
            index -= index & -index
          }
          total += seen - smaller
        }
        for target in targets {
          var index = target + 1
          while index < tree.count {
            tree[index] += 1
            index += index & -index
          }
          seen += 1
        }
      }
    }
    return total
  }
}
