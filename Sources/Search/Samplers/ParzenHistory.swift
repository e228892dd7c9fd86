import Kernels
import Tensors

/// The hyperparameters that share kernels in a search by TPE: the density of the trials that are not good, kept up to date
/// trial by trial, so that a proposal among thousands of trials costs no sorting and few logarithms.
package struct ParzenHistory {
  /// Which hyperparameters these are.
  let parameters: [Int]
  private let space: SearchSpace
  private let rule: ParzenRule
  private var axes: [Axis]
  /// What the kernel of each row has apart from its exponent: −Σ (log σ + log mass), with the normal's constant.
  private var constants = NumberColumn(filling: 0.0)
  private var rowCount = 0
  /// The rows whose kernels make the density, and how many there are.
  private var isMember: [Bool] = []
  private var widthCount = -1

  /// The kernels along one numeric hyperparameter.
  private struct Axis {
    let place: Int
    let parameter: Int
    let distribution: Distribution
    let low: Double
    let high: Double
    /// The places of the kernels on the scale; empty while the column of the history says the same.
    var means = NumberColumn(filling: Double.nan)
    var hasOwnMeans: Bool
    /// One over the widths.
    var scales: NumberColumn<Double>
    /// The rows that have a value, by it.
    var order: NumberColumn<Int32>
    let isDiscrete: Bool
    /// What is constant of the logarithm of the prior's kernel.
    let priorConstant: Double
    let priorScale: Double
    var middle: Double { (low + high) / 2 }

    init(_ place: Int, _ parameter: Int, _ distribution: Distribution, capacity: Int) {
      (self.place, self.parameter, self.distribution) = (place, parameter, distribution)
      (low, high) = distribution.scaledBounds ?? (0, 1)
      hasOwnMeans = distribution.isLogarithmic
      isDiscrete = distribution.step != nil
      if hasOwnMeans { means = NumberColumn(filling: .nan, capacity: capacity) }
      scales = NumberColumn(filling: 0, capacity: capacity)
      order = NumberColumn(filling: 0, capacity: capacity)
      let deviation = ParzenAxis.priorDeviation(distribution, low, high)
      let middle = (low + high) / 2
      priorScale = 1 / deviation
      let mass = NormalDistribution.logMass(
        from: (low - middle) / deviation, to: (high - middle) / deviation)
      priorConstant = isDiscrete ? -mass : -mass - Double.log(deviation) - 0.9189385332046727
    }

    /// Adds a row; a member that has no value of this hyperparameter is one of a smaller space.
    mutating func append(_ row: Int, _ history: TrialHistory, isMember: Bool) {
      let value = history.value(parameter, row: row)
      if value.isNaN, !hasOwnMeans, isMember {
        for earlier in 0..<row { means.append(history.value(parameter, row: earlier)) }
        hasOwnMeans = true
      }
      if hasOwnMeans {
        // A trial of a smaller space has the prior's kernel along what it did not have.
        means.append(
          !value.isNaN ? distribution.scaled(value) : isMember ? middle : .nan)
      }
      scales.append(value.isNaN ? priorScale : 0)
      guard !value.isNaN else { return }
      let scaled = distribution.scaled(value)
      let (places, rows) = (means(history), order.base)
      var (low, high) = (0, order.count)
      while low < high {
        let middle = (low + high) / 2
        if places[Int(rows[middle])] <= scaled { low = middle + 1 } else { high = middle }
      }
      order.insert(Int32(row), at: low)
    }

    /// The places of the kernels in memory.
    func means(_ history: TrialHistory) -> UnsafePointer<Double> {
      hasOwnMeans ? means.base : history.memory(parameter)
    }

    /// Where a row stands in the order: by its value, then by its number.
    func place(of row: Int, _ means: UnsafePointer<Double>) -> Int {
      let value = means[row]
      var (low, high) = (0, order.count)
      while low < high {
        let middle = (low + high) / 2
        let other = Int(order[middle])
        if means[other] < value || means[other] == value && other < row {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low
    }

    /// The next place on a side whose row is a member; nil at the end.
    func neighbor(of place: Int, by step: Int, _ isMember: [Bool]) -> Int? {
      var next = place + step
      while next >= 0, next < order.count {
        if isMember[Int(order[next])] { return next }
        next += step
      }
      return nil
    }

    /// The logarithm of the prior's density, or of its mass of a cell.
    func logPrior(_ value: Double) -> Double {
      if let (left, right) = ParzenAxis.cell(of: value, distribution) {
        return priorConstant
          + NormalDistribution.logMass(from: (left - middle) * priorScale, to: (right - middle) * priorScale)
      }
      let z = (distribution.scaled(value) - middle) * priorScale
      return priorConstant - 0.5 * z * z
    }
  }

  package init(_ parameters: [Int], _ problem: SearchProblem, rule: ParzenRule) {
    self.parameters = parameters
    space = problem.space
    self.rule = rule
    let capacity = min(problem.trialCount ?? 0, 1 << 20)
    axes = parameters.enumerated().compactMap { place, parameter in
      let distribution = problem.space.parameters[parameter].distribution
      guard distribution.scaledBounds != nil else { return nil }
      return Axis(place, parameter, distribution, capacity: capacity)
    }
  }

  /// Whether the hyperparameters count, given the values of those before them.
  func isActive(in assignment: Assignment) -> Bool {
    guard let condition = space.parameters[parameters[0]].condition else { return true }
    let choice = assignment[condition.parameter]
    return !choice.isNaN && Int(choice) == condition.choice
  }

  /// Whether a row says anything about the hyperparameters.
  private func isMember(_ row: Int, _ history: TrialHistory) -> Bool {
    space.parameters[parameters[0]].condition == nil || !history.value(parameters[0], row: row).isNaN
  }

  /// Adds a row.
  package mutating func append(_ row: Int, _ history: TrialHistory) {
    constants.append(0)
    rowCount += 1
    let isMember = isMember(row, history)
    for index in axes.indices { axes[index].append(row, history, isMember: isMember) }
  }

  /// Proposes values of the hyperparameters: the best of some draws from the density of the good trials.
  mutating func propose(
    given history: TrialHistory, good: [Int], isGood: [Bool], hasFailed: [Bool], sampler: TPESampler,
    using stream: inout RandomStream
  ) -> Assignment {
    let distributions = parameters.map { space.parameters[$0].distribution }
    let observations = good.filter { isMember($0, history) }.map { row in
      parameters.map { history.value($0, row: row) }
    }
    let known = observations.filter { !$0.contains { $0.isNaN } }
    let below = ParzenEstimator(distributions, observations: known, rule: rule)
    let candidates = (0..<sampler.candidates).map { _ in below.draw(using: &stream) }
    let above = logDensities(
      at: candidates, given: history, isGood: isGood, hasFailed: hasFailed,
      countsRunning: sampler.hasConstantLiar)
    var best = 0
    var bestScore = -Double.infinity
    for (index, good) in below.logDensities(candidates).enumerated() {
      let score = good - above[index]
      if score > bestScore { (best, bestScore) = (index, score) }
    }
    return candidates[best]
  }

  /// The logarithm of the density of the trials that are not good, at some values.
  package mutating func logDensities(
    at candidates: [Assignment], given history: TrialHistory, isGood: [Bool], hasFailed: [Bool],
    countsRunning: Bool
  ) -> [Double] {
    let weights = weights(history, isGood, hasFailed, countsRunning: countsRunning)
    updateWidths(history, weights)
    return logDensities(of: candidates, weights, history)
  }

  /// The weight of every row's kernel, and the prior's.
  private struct Weights {
    var rows: [Double]
    var prior: Double
    var count: Int
  }

  private func weights(
    _ history: TrialHistory, _ isGood: [Bool], _ hasFailed: [Bool], countsRunning: Bool
  ) -> Weights {
    var rows = [Double](repeating: 0, count: (rowCount + 7) / 8 * 8)
    let hasCondition = space.parameters[parameters[0]].condition != nil
    var count = 0
    for row in 0..<rowCount where !isGood[row] && !hasFailed[row] {
      if !countsRunning, history.state(row) == .running, history.reports(row).isEmpty { continue }
      if hasCondition, !isMember(row, history) { continue }
      rows[row] = 1
      count += 1
    }
    var age = 0
    var total = 0.0
    for row in 0..<rowCount where rows[row] > 0 {
      rows[row] = ParzenRule.ageWeight(age, of: count)
      total += rows[row]
      age += 1
    }
    var prior = 1.0
    if rule == .hyperopt, case .choice(let names) = space.parameters[parameters[0]].distribution {
      prior = Double(names.count)
    }
    total += prior
    for row in 0..<rowCount { rows[row] /= total }
    return Weights(rows: rows, prior: prior / total, count: count)
  }

  /// Brings the widths up to date: those of the rows whose neighbors have changed.
  private mutating func updateWidths(_ history: TrialHistory, _ weights: Weights) {
    guard !axes.isEmpty else { return }
    var changes = Changes(rowCount)
    var toggled: [Int] = []
    while isMember.count < rowCount { isMember.append(false) }
    for row in 0..<rowCount where isMember[row] != (weights.rows[row] > 0) {
      isMember[row].toggle()
      toggled.append(row)
    }
    // While there are few trials every width depends on their number.
    let isWhole = rule.dependsOnCount(weights.count, axes: parameters.count) && weights.count != widthCount
    widthCount = weights.count
    for index in axes.indices {
      let means = axes[index].means(history)
      if isWhole {
        for place in 0..<axes[index].order.count {
          update(index, place, means, &changes)
        }
      } else {
        for row in toggled where !history.value(axes[index].parameter, row: row).isNaN {
          let place = axes[index].place(of: row, means)
          update(index, place, means, &changes)
          if let left = axes[index].neighbor(of: place, by: -1, isMember) {
            update(index, left, means, &changes)
          }
          if let right = axes[index].neighbor(of: place, by: 1, isMember) {
            update(index, right, means, &changes)
          }
        }
      }
    }
    // A row is summed anew over all axes, so that its constant does not depend on which of them changed when.
    for row in changes.rows { constants[row] = 0 }
    for index in axes.indices {
      let (low, high, isDiscrete) = (axes[index].low, axes[index].high, axes[index].isDiscrete)
      let (means, scales) = (axes[index].means(history), axes[index].scales.base)
      for row in changes.rows {
        let (mean, scale) = (means[row], scales[row])
        var sum = constants[row]
        sum -= NormalDistribution.logMass(from: (low - mean) * scale, to: (high - mean) * scale)
        if !isDiscrete { sum += Double.log(scale) - 0.9189385332046727 }
        constants[row] = sum
      }
    }
  }

  /// Brings the width of the row at a place of the order up to date.
  private mutating func update(
    _ index: Int, _ place: Int, _ means: UnsafePointer<Double>, _ changes: inout Changes
  ) {
    let row = Int(axes[index].order[place])
    guard isMember[row] else { return }
    let value = means[row]
    var left = axes[index].neighbor(of: place, by: -1, isMember).map { means[Int(axes[index].order[$0])] }
    var right = axes[index].neighbor(of: place, by: 1, isMember).map { means[Int(axes[index].order[$0])] }
    if rule.hasPriorAmongNeighbors(axes: parameters.count) {
      let middle = axes[index].middle
      if value >= middle, left.map({ $0 < middle }) ?? true { left = middle }
      if value < middle, right.map({ $0 >= middle }) ?? true { right = middle }
    }
    let width = rule.width(
      of: value, left: left, right: right, low: axes[index].low, high: axes[index].high, count: widthCount,
      axes: parameters.count)
    let scale = 1 / width
    guard scale != axes[index].scales[row] else { return }
    axes[index].scales[row] = scale
    changes.insert(row)
  }

  /// The rows whose widths changed, each once.
  private struct Changes {
    private(set) var rows: [Int] = []
    private var isChanged: [Bool]

    init(_ count: Int) { isChanged = [Bool](repeating: false, count: count) }

    mutating func insert(_ row: Int) {
      guard !isChanged[row] else { return }
      isChanged[row] = true
      rows.append(row)
    }
  }

  /// The logarithm of the density of the rows with a weight, and of the prior, at every candidate.
  private func logDensities(
    of candidates: [Assignment], _ weights: Weights, _ history: TrialHistory
  ) -> [Double] {
    let smooth = axes.filter { !$0.isDiscrete }
    let points = candidates.flatMap { candidate in
      smooth.map { $0.distribution.scaled(candidate[$0.place]) }
    }
    let offsets = offsets(of: candidates, weights, history)
    var logs = [Double](repeating: 0, count: candidates.count)
    // A list has an address even if no axis is smooth.
    let means = smooth.map { $0.means(history) } + [constants.base]
    let scales = smooth.map(\.scales.base) + [constants.base]
    ParzenDensities.logDensities(
      points: points, pointCount: candidates.count, axes: smooth.count, means: means, scales: scales,
      constants: constants.base, weights: weights.rows, rows: weights.rows.count, offsets: offsets,
      into: &logs)
    let logWeight = Double.log(weights.prior)
    return zip(candidates, logs).map { candidate, sum in
      let own = logWeight + logPrior(candidate)
      let top = max(own, sum)
      return top + Double.log(Double.exp(own - top) + Double.exp(sum - top))
    }
  }

  /// The logarithm of the prior's density.
  private func logPrior(_ candidate: Assignment) -> Double {
    var sum = 0.0
    for index in axes.indices { sum += axes[index].logPrior(candidate[axes[index].place]) }
    for parameter in parameters {
      if case .choice(let names) = space.parameters[parameter].distribution {
        sum -= Double.log(Double(names.count))
      }
    }
    return sum
  }

  /// What kernels of steps and of choices add at every candidate: candidates × rows; nil if there are none.
  private func offsets(
    of candidates: [Assignment], _ weights: Weights, _ history: TrialHistory
  ) -> [Double]? {
    guard axes.count < parameters.count || axes.contains(where: \.isDiscrete) else { return nil }
    let rows = weights.rows.count
    var offsets = [Double](repeating: 0, count: rows * candidates.count)
    for axis in axes where axis.isDiscrete { addMasses(axis, candidates, weights, history, rows, &offsets) }
    for (place, parameter) in parameters.enumerated() {
      guard case .choice(let names) = space.parameters[parameter].distribution else { continue }
      let (own, other) = ParzenEstimator.choiceLogs(
        kernels: weights.count + 1, choices: names.count, rule)
      let any = -Double.log(Double(names.count))
      let column = history.memory(parameter)
      for (number, candidate) in candidates.enumerated() {
        for row in 0..<rowCount {
          let value = column[row]
          offsets[number * rows + row] += value == candidate[place] ? own : value.isNaN ? any : other
        }
      }
    }
    return offsets
  }

  /// The mass of a cell under kernels with the same place and width is computed once: they stand beside each other.
  private func addMasses(
    _ axis: Axis, _ candidates: [Assignment], _ weights: Weights, _ history: TrialHistory, _ rows: Int,
    _ offsets: inout [Double]
  ) {
    var masses: [Double: [(scale: Double, mean: Double, mass: Double)]] = [:]
    let (means, scales, order) = (axis.means(history), axis.scales.base, axis.order.base)
    for (number, candidate) in candidates.enumerated() {
      let value = candidate[axis.place]
      guard let (left, right) = ParzenAxis.cell(of: value, axis.distribution) else { continue }
      var known = masses[value] ?? []
      var place = 0
      let isNew = masses[value] == nil
      for entry in 0..<axis.order.count {
        let row = Int(order[entry])
        guard weights.rows[row] > 0 else { continue }
        let (mean, scale) = (means[row], scales[row])
        if isNew, known.last.map({ $0.scale != scale || $0.mean != mean }) ?? true {
          let mass = NormalDistribution.logMass(from: (left - mean) * scale, to: (right - mean) * scale)
          known.append((scale, mean, mass))
          place = known.count - 1
        }
        while known[place].scale != scale || known[place].mean != mean { place += 1 }
        offsets[number * rows + row] += known[place].mass
      }
      masses[value] = known
      addPriorMasses(axis, (left, right), number, weights, history, rows, &offsets)
    }
  }

  /// Rows of a smaller space have the prior's kernel along what they did not have.
  private func addPriorMasses(
    _ axis: Axis, _ cell: (left: Double, right: Double), _ number: Int, _ weights: Weights,
    _ history: TrialHistory, _ rows: Int, _ offsets: inout [Double]
  ) {
    guard axis.order.count < rowCount else { return }
    let (mean, scale) = (axis.middle, axis.priorScale)
    let mass = NormalDistribution.logMass(
      from: (cell.left - mean) * scale, to: (cell.right - mean) * scale)
    for row in 0..<rowCount where weights.rows[row] > 0 && history.value(axis.parameter, row: row).isNaN {
      offsets[number * rows + row] += mass
    }
  }
}
