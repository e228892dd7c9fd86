/// Orders trials with several objectives: by fronts that no trial outside dominates, within one by how much room there is
/// around a trial (Deb and others 2002).
enum ParetoRanks {
  /// Whether the losses of one row are at least as small in every objective as those of another, and smaller in one.
  static func dominates(_ first: Int, _ second: Int, _ history: TrialHistory) -> Bool {
    var isBetter = false
    for objective in history.directions.indices {
      let (a, b) = (history.loss(first, objective: objective), history.loss(second, objective: objective))
      if a > b { return false }
      if a < b { isBetter = true }
    }
    return isBetter
  }

  /// The fronts, the best first, until they hold as many rows as asked for.
  static func fronts(of rows: [Int], atLeast count: Int, _ history: TrialHistory) -> [[Int]] {
    var rest = rows
    var fronts: [[Int]] = []
    var found = 0
    while found < count, !rest.isEmpty {
      let front = rest.filter { row in !rest.contains { dominates($0, row, history) } }
      fronts.append(front)
      found += front.count
      let taken = Set(front)
      rest.removeAll { taken.contains($0) }
    }
    return fronts
  }

  /// The distance between the neighbors of each row along every objective, in units of the range; infinite at the ends.
  static func crowdingDistances(_ front: [Int], _ history: TrialHistory) -> [Double] {
    var distances = [Double](repeating: 0, count: front.count)
    for objective in history.directions.indices {
      let losses = front.map { history.loss($0, objective: objective) }
      let order = front.indices.sorted { (losses[$0], front[$0]) < (losses[$1], front[$1]) }
      guard let first = order.first, let last = order.last else { continue }
      distances[first] = .infinity
      distances[last] = .infinity
      let range = losses[last] - losses[first]
      guard range > 0, order.count > 2 else { continue }
      for place in 1..<order.count - 1 {
        distances[order[place]] += (losses[order[place + 1]] - losses[order[place - 1]]) / range
      }
    }
    return distances
  }

  /// Rows in the order of their fronts, within one those with most room first.
  static func order(_ rows: [Int], atLeast count: Int, _ history: TrialHistory) -> [Int] {
    fronts(of: rows, atLeast: count, history).flatMap { front in
      let distances = crowdingDistances(front, history)
      let places = front.indices.sorted { a, b in
        distances[a] != distances[b] ? distances[a] > distances[b] : front[a] < front[b]
      }
      return places.map { front[$0] }
    }
  }

  /// The best rows.
  static func best(_ count: Int, of rows: [Int], _ history: TrialHistory) -> [Int] {
    Array(order(rows, atLeast: count, history).prefix(count))
  }
}
