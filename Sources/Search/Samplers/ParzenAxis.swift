import Tensors

/// The kernels along one numeric hyperparameter: normals truncated to its interval, in its logarithm where that is
/// what is uniform.
struct ParzenAxis {
  var low: Double
  var high: Double
  var means: [Double]
  var deviations: [Double]
  /// The logarithm of each kernel's mass within the interval.
  var logMasses: [Double]
  /// What is constant of each kernel's logarithm: −log σ − log √2π − log mass.
  private(set) var constants: [Double]
  /// The probabilities of each normal below and above the interval.
  private var tails: [(below: Double, above: Double)]
  var distribution: Distribution

  /// The kernels of values, and that of the prior behind them.
  init(_ distribution: Distribution, _ values: [Double], rule: ParzenRule = .optuna5, axes: Int = 1) {
    self.distribution = distribution
    let (low, high) = distribution.scaledBounds ?? (0, 1)
    let observed = values.map(distribution.scaled)
    let order = observed.indices.sorted { (observed[$0], $0) < (observed[$1], $1) }
    let middle = (low + high) / 2
    // The places of the neighbors: those of the observations, with the prior's mean among them where the rule says so.
    var neighbors: [(value: Double, index: Int?)] = order.map { (observed[$0], $0) }
    if rule.hasPriorAmongNeighbors(axes: axes) {
      neighbors.insert((middle, nil), at: neighbors.firstIndex { $0.value >= middle } ?? neighbors.count)
    }
    var deviations = [Double](repeating: high - low, count: observed.count)
    for (place, neighbor) in neighbors.enumerated() {
      guard let index = neighbor.index else { continue }
      deviations[index] = rule.width(
        of: neighbor.value, left: place > 0 ? neighbors[place - 1].value : nil,
        right: place + 1 < neighbors.count ? neighbors[place + 1].value : nil, low: low, high: high,
        count: observed.count, axes: axes)
    }
    means = observed + [middle]
    self.deviations = deviations + [Self.priorDeviation(distribution, low, high)]
    (self.low, self.high) = (low, high)
    logMasses = zip(means, self.deviations).map { mean, deviation in
      NormalDistribution.logMass(from: (low - mean) / deviation, to: (high - mean) / deviation)
    }
    constants = zip(self.deviations, logMasses).map { -Double.log($0) - 0.9189385332046727 - $1 }
    tails = zip(means, self.deviations).map { mean, deviation in
      (
        NormalDistribution.cumulative((low - mean) / deviation),
        NormalDistribution.cumulative((mean - high) / deviation)
      )
    }
  }

  /// The width of what is known without any trial.
  static func priorDeviation(_ distribution: Distribution, _ low: Double, _ high: Double) -> Double {
    if case .normal(_, let deviation) = distribution { return deviation }
    return high - low
  }

  /// Draws from one kernel and brings the draw back to a value of the hyperparameter.
  func draw(_ kernel: Int, using stream: inout RandomStream) -> Double {
    let (mean, deviation) = (means[kernel], deviations[kernel])
    let (below, above) = tails[kernel]
    let u = stream.uniform()
    let inside = max(1 - below - above, 0)
    // The smaller tail keeps its digits.
    let lower = below + u * inside
    let standard =
      lower <= 0.5
      ? NormalDistribution.quantile(lower) : -NormalDistribution.quantile(above + (1 - u) * inside)
    return distribution.value(scaled: min(max(mean + deviation * standard, low), high))
  }

  /// The ends of the cell around a value of what has steps, on the scale of the kernels; nil for other numbers.
  static func cell(of value: Double, _ distribution: Distribution) -> (left: Double, right: Double)? {
    guard let step = distribution.step else { return nil }
    return (distribution.scaled(value - step / 2), distribution.scaled(value + step / 2))
  }

  /// The logarithm of each kernel's mass of the cell of a value of what has steps.
  func addLogMasses(of value: Double, to add: (_ kernel: Int, _ log: Double) -> Void) {
    guard let (left, right) = Self.cell(of: value, distribution) else { return }
    for kernel in means.indices {
      let (mean, deviation) = (means[kernel], deviations[kernel])
      let mass = NormalDistribution.logMass(from: (left - mean) / deviation, to: (right - mean) / deviation)
      add(kernel, mass - logMasses[kernel])
    }
  }
}
