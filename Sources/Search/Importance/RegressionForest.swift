import Tensors

/// Regression trees on resampled trials (Breiman 2001): a model of the objective that importances are read from.
struct RegressionForest {
  /// A box of the unit cube in which the model is constant.
  struct Leaf {
    /// The ends along each number; for choices both are 0 and 1 and `options` says which.
    var low: [Double]
    var high: [Double]
    /// Which choices belong to the box, for hyperparameters that are choices.
    var options: [[Bool]]
    var value: Double

    /// The share of a hyperparameter's values that belong to the box.
    func width(_ parameter: Int) -> Double {
      let options = options[parameter]
      guard options.isEmpty else { return Double(options.count { $0 }) / Double(options.count) }
      return high[parameter] - low[parameter]
    }
  }

  /// The leaves of every tree.
  let trees: [[Leaf]]

  /// Grows trees, each on as many trials as there are, drawn with replacement, until every leaf has one or equal values.
  init(_ sample: ImportanceSample, trees count: Int, using stream: inout RandomStream) {
    trees = (0..<count).map { _ in
      let rows = sample.losses.indices.map { _ in stream.integer(below: sample.losses.count) }
      var growth = Growth(sample: sample)
      growth.grow(rows, Self.cube(sample))
      return growth.leaves
    }
  }

  /// The whole cube.
  private static func cube(_ sample: ImportanceSample) -> Leaf {
    let count = sample.space.count
    return Leaf(
      low: [Double](repeating: 0, count: count), high: [Double](repeating: 1, count: count),
      options: (0..<count).map { [Bool](repeating: true, count: sample.choiceCount($0) ?? 0) }, value: 0)
  }

  /// The prediction of the mean tree at a place of the cube.
  func prediction(_ place: [Double]) -> Double {
    Statistics.mean(trees.map { tree in tree.first { Self.holds($0, place) }?.value ?? 0 })
  }

  private static func holds(_ leaf: Leaf, _ place: [Double]) -> Bool {
    place.indices.allSatisfy { parameter in
      let options = leaf.options[parameter]
      guard options.isEmpty else {
        return options[min(Int(place[parameter] * Double(options.count)), options.count - 1)]
      }
      return place[parameter] >= leaf.low[parameter]
        && (place[parameter] < leaf.high[parameter] || leaf.high[parameter] == 1)
    }
  }

  /// A tree on its way.
  private struct Growth {
    let sample: ImportanceSample
    var leaves: [Leaf] = []

    /// Where a box is divided.
    private enum Split {
      case number(parameter: Int, at: Double)
      case option(parameter: Int, Int)
    }

    mutating func grow(_ rows: [Int], _ box: Leaf) {
      guard let split = bestSplit(rows) else {
        var leaf = box
        leaf.value = Statistics.mean(rows.map { sample.losses[$0] })
        leaves.append(leaf)
        return
      }
      var (left, right) = (box, box)
      switch split {
      case .number(let parameter, let place):
        (left.high[parameter], right.low[parameter]) = (place, place)
        grow(rows.filter { sample.places[$0][parameter] < place }, left)
        grow(rows.filter { sample.places[$0][parameter] >= place }, right)
      case .option(let parameter, let option):
        left.options[parameter] = left.options[parameter].indices.map { $0 == option }
        right.options[parameter][option] = false
        grow(rows.filter { self.option($0, parameter) == option }, left)
        grow(rows.filter { self.option($0, parameter) != option }, right)
      }
    }

    private func option(_ row: Int, _ parameter: Int) -> Int {
      let count = sample.choiceCount(parameter) ?? 1
      return min(Int(sample.places[row][parameter] * Double(count)), count - 1)
    }

    /// The split that leaves the least squares; nil if there is nothing to divide.
    private func bestSplit(_ rows: [Int]) -> Split? {
      let mean = Statistics.mean(rows.map { sample.losses[$0] })
      let total = rows.reduce(0) { sum, row in
        sum + (sample.losses[row] - mean) * (sample.losses[row] - mean)
      }
      guard rows.count > 1, total > 0 else { return nil }
      var best: (gain: Double, split: Split)?
      for parameter in sample.space.parameters.indices {
        guard let found = bestSplit(rows, parameter, mean) else { continue }
        if found.gain > best?.gain ?? 0 { best = found }
      }
      return best?.split
    }

    private func bestSplit(_ rows: [Int], _ parameter: Int, _ mean: Double) -> (gain: Double, split: Split)? {
      if let count = sample.choiceCount(parameter) {
        var best: (gain: Double, split: Split)?
        for option in 0..<count {
          let inside = rows.filter { self.option($0, parameter) == option }
          guard !inside.isEmpty, inside.count < rows.count else { continue }
          let sum = inside.reduce(0) { $0 + sample.losses[$1] - mean }
          let gain = sum * sum / Double(inside.count) + sum * sum / Double(rows.count - inside.count)
          if gain > best?.gain ?? 0 { best = (gain, .option(parameter: parameter, option)) }
        }
        return best
      }
      let sorted = rows.sorted {
        (sample.places[$0][parameter], $0) < (sample.places[$1][parameter], $1)
      }
      var best: (gain: Double, split: Split)?
      var sum = 0.0
      for place in 0..<sorted.count - 1 {
        sum += sample.losses[sorted[place]] - mean
        let (here, next) = (
          sample.places[sorted[place]][parameter], sample.places[sorted[place + 1]][parameter]
        )
        guard here < next else { continue }
        let gain = sum * sum / Double(place + 1) + sum * sum / Double(sorted.count - place - 1)
        guard gain > best?.gain ?? 0 else { continue }
        // Between neighboring numbers there is none: their mean is one of them, and both sides must get something.
        let middle = (here + next) / 2
        best = (gain, .number(parameter: parameter, at: middle > here ? middle : next))
      }
      return best
    }
  }
}
