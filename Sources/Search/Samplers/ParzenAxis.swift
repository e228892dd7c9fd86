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
  var distribution: Distribution

  init(_ distribution: Distribution, _ values: [Double]) {
    self.distribution = distribution
    switch distribution {
    case .real(let low, let high, let isLog):
      self.low = isLog ? Double.log(low) : low
      self.high = isLog ? Double.log(high) : high
    case .normal(let mean, let deviation):
      (self.low, self.high) = (mean - 4 * deviation, mean + 4 * deviation)
    case .integer(let low, let high, let step, let isLog):
      let half = Double(step) / 2
      self.low = isLog ? Double.log(Double(low) - half) : Double(low) - half
      self.high = isLog ? Double.log(Double(high) + half) : Double(high) + half
    case .choice: (self.low, self.high) = (0, 1)
    }
    let range = high - low
    let observed = values.map { distribution.isLogarithmic ? Double.log($0) : $0 }
    let order = observed.indices.sorted { (observed[$0], $0) < (observed[$1], $1) }
    var deviations = [Double](repeating: range, count: observed.count)
    for (place, index) in order.enumerated() {
      let left = observed[index] - (place > 0 ? observed[order[place - 1]] : low)
      let right = (place + 1 < order.count ? observed[order[place + 1]] : high) - observed[index]
      // At either end only the inner neighbor counts, unless there is none.
      let spacing =
        order.count < 2
        ? max(left, right) : place == 0 ? right : place == order.count - 1 ? left : max(left, right)
      deviations[index] = min(max(spacing, range / min(100, Double(observed.count + 2))), range)
    }
    means = observed + [(low + high) / 2]
    // What is known without any trial.
    if case .normal(_, let deviation) = distribution {
      self.deviations = deviations + [deviation]
    } else {
      self.deviations = deviations + [range]
    }
    let (low, high) = (low, high)
    logMasses = zip(means, self.deviations).map { mean, deviation in
      NormalDistribution.logMass(from: (low - mean) / deviation, to: (high - mean) / deviation)
    }
  }

  /// Draws from one kernel and brings the draw back to a value of the hyperparameter.
  func draw(_ kernel: Int, using stream: inout RandomStream) -> Double {
    let (mean, deviation) = (means[kernel], deviations[kernel])
    let below = NormalDistribution.cumulative((low - mean) / deviation)
    let above = NormalDistribution.cumulative((mean - high) / deviation)
    let u = stream.uniform()
    let inside = max(1 - below - above, 0)
    // The smaller tail keeps its digits.
    let lower = below + u * inside
    let standard =
      lower <= 0.5
      ? NormalDistribution.quantile(lower) : -NormalDistribution.quantile(above + (1 - u) * inside)
    let x = min(max(mean + deviation * standard, low), high)
    switch distribution {
    case .real(let least, let most, let isLog): return min(max(isLog ? Double.exp(x) : x, least), most)
    case .normal: return x
    case .integer(let least, let most, let step, let isLog):
      let value = isLog ? Double.exp(x) : x
      let steps = ((value - Double(least)) / Double(step)).rounded(.toNearestOrAwayFromZero)
      return min(max(Double(least) + Double(step) * steps, Double(least)), Double(most))
    case .choice: return 0
    }
  }

  /// Adds the logarithm of each kernel's density, or mass for whole numbers, at a value.
  func addLogDensities(of value: Double, to logs: inout [Double]) {
    switch distribution {
    case .real, .normal:
      let x = distribution.isLogarithmic ? Double.log(value) : value
      for kernel in logs.indices {
        let z = (x - means[kernel]) / deviations[kernel]
        logs[kernel] += -0.5 * z * z - Double.log(deviations[kernel]) - 0.9189385332046727 - logMasses[kernel]
      }
    case .integer(_, _, let step, let isLog):
      let half = Double(step) / 2
      let left = isLog ? Double.log(value - half) : value - half
      let right = isLog ? Double.log(value + half) : value + half
      for kernel in logs.indices {
        let (mean, deviation) = (means[kernel], deviations[kernel])
        logs[kernel] +=
          NormalDistribution.logMass(from: (left - mean) / deviation, to: (right - mean) / deviation)
          - logMasses[kernel]
      }
    case .choice: return
    }
  }
}

extension Distribution {
  /// Whether kernels live on the logarithm of the value.
  var isLogarithmic: Bool {
    switch self {
    case .real(_, _, let isLog), .integer(_, _, _, let isLog): isLog
    case .normal, .choice: false
    }
  }
}
