/// Finds places across the layers that keep long edges straight and nodes in the middle of their neighbors.
///
/// Brandes and Köpf, "Fast and simple horizontal coordinate assignment" (Graph Drawing 2001): items are aligned
/// with a median neighbor into blocks, in each of the four combinations of upwards or downwards and leftmost or
/// rightmost; each place is the mean of the two middle ones of the four. Blocks are packed by longest paths in the
/// graph of their neighborhoods, which does without the classes of the paper.
struct BlockAlignment {
  private let grid: LayerGrid
  private let order: [[Int]]
  private let gap: Double
  private let place: [Int]
  private let conflicts: Set<[Int]>

  init(_ grid: LayerGrid, order: [[Int]], gap: Double) {
    self.grid = grid
    self.order = order
    self.gap = gap
    var place = [Int](repeating: 0, count: grid.items.count)
    for layer in order { for (index, item) in layer.enumerated() { place[item] = index } }
    self.place = place
    conflicts = Self.conflicts(grid, order, place)
  }

  /// The middle of each item; the least edge of all is at zero.
  func positions() -> [Double] {
    guard !grid.items.isEmpty else { return [] }
    var candidates: [[Double]] = []
    for isUpward in [false, true] {
      for isRightmost in [false, true] {
        candidates.append(aligned(isUpward: isUpward, isRightmost: isRightmost))
      }
    }
    balance(&candidates)
    let middles = grid.items.indices.map { item in
      let sorted = candidates.map { $0[item] }.sorted()
      return (sorted[1] + sorted[2]) / 2
    }
    let least = middles.indices.map { middles[$0] - grid.items[$0].extent.across / 2 }.min() ?? 0
    return middles.map { $0 - least }
  }

  /// Moves the four to the edges of the narrowest of them.
  private func balance(_ candidates: inout [[Double]]) {
    let bounds = candidates.map { ($0.min() ?? 0, $0.max() ?? 0) }
    var narrowest = 0
    for index in bounds.indices
    where bounds[index].1 - bounds[index].0 < bounds[narrowest].1 - bounds[narrowest].0 {
      narrowest = index
    }
    for index in candidates.indices {
      let isRightmost = index % 2 == 1
      let shift =
        isRightmost ? bounds[narrowest].1 - bounds[index].1 : bounds[narrowest].0 - bounds[index].0
      candidates[index] = candidates[index].map { $0 + shift }
    }
  }

  /// Edges that cross the way of a long edge: they do not align.
  private static func conflicts(_ grid: LayerGrid, _ order: [[Int]], _ place: [Int]) -> Set<[Int]> {
    var conflicts: Set<[Int]> = []
    for (upper, lower) in zip(order, order.dropFirst()) {
      var first = 0
      var scanned = 0
      for (index, item) in lower.enumerated() {
        let inner = grid.items[item].isNode ? nil : grid.above[item].first { !grid.items[$0].isNode }
        guard inner != nil || index == lower.count - 1 else { continue }
        let last = inner.map { place[$0] } ?? upper.count - 1
        while scanned <= index {
          let crossing = lower[scanned]
          for start in grid.above[crossing] where place[start] < first || place[start] > last {
            if grid.items[start].isNode || grid.items[crossing].isNode {
              conflicts.insert([start, crossing])
            }
          }
          scanned += 1
        }
        first = last
      }
    }
    return conflicts
  }

  /// One of the four: blocks, packed towards one side.
  private func aligned(isUpward: Bool, isRightmost: Bool) -> [Double] {
    let layers = (isUpward ? order.reversed() : order).map { isRightmost ? $0.reversed() : $0 }
    let neighbors = isUpward ? grid.mainBelow : grid.mainAbove
    var root = Array(grid.items.indices)
    var isAligned = [Bool](repeating: false, count: root.count)
    let sign = isRightmost ? -1 : 1
    for layer in layers.dropFirst() {
      var last = Int.min
      for item in layer {
        let known = neighbors[item].sorted { sign * place[$0] < sign * place[$1] }
        guard !known.isEmpty else { continue }
        for middle in [(known.count - 1) / 2, known.count / 2] where root[item] == item {
          let neighbor = known[middle]
          let pair = isUpward ? [item, neighbor] : [neighbor, item]
          guard !conflicts.contains(pair), !isAligned[neighbor], sign * place[neighbor] > last else {
            continue
          }
          isAligned[neighbor] = true
          root[item] = root[neighbor]
          last = sign * place[neighbor]
        }
      }
    }
    let packed = packed(layers, root)
    return isRightmost ? packed.map { -$0 } : packed
  }

  /// Packs blocks as far to the left as they go, then back to the right where nothing is in the way.
  private func packed(_ layers: [[Int]], _ root: [Int]) -> [Double] {
    var following = [[(block: Int, distance: Double)]](repeating: [], count: root.count)
    var preceding = following
    for layer in layers {
      for (left, right) in zip(layer, layer.dropFirst()) {
        let distance = (grid.items[left].extent.across + grid.items[right].extent.across) / 2 + gap
        following[root[left]].append((root[right], distance))
        preceding[root[right]].append((root[left], distance))
      }
    }
    var missing = preceding.map(\.count)
    var blocks = root.indices.filter { root[$0] == $0 && missing[$0] == 0 }
    var next = 0
    var positions = [Double](repeating: 0, count: root.count)
    while next < blocks.count {
      let block = blocks[next]
      positions[block] = preceding[block].map { positions[$0.block] + $0.distance }.max() ?? 0
      for (neighbor, _) in following[block] {
        missing[neighbor] -= 1
        if missing[neighbor] == 0 { blocks.append(neighbor) }
      }
      next += 1
    }
    for block in blocks.reversed() {
      guard let room = following[block].map({ positions[$0.block] - $0.distance }).min() else { continue }
      positions[block] = max(positions[block], room)
    }
    return root.map { positions[$0] }
  }
}
