import Tensors

/// A Gaussian process with the Matérn kernel of smoothness 5/2 and a length for every axis:
/// k = σ_f² (1 + √5 r + 5/3 r²) exp(−√5 r) with r² = Σ θ_d Δ_d², where Δ of choices is 0 or 1.
///
/// Its parameters are the most probable ones under the priors of Optuna: Γ(2, 1) of σ_f², Γ(1.1, 30) of the noise and
/// exp(−0.1/θ − 0.1 θ) of every θ.
package struct GaussianProcessRegression {
  /// The number of axes.
  package let dimension: Int
  /// Which axes are choices.
  private let isChoice: [Bool]
  private var points: [[Double]]
  private var values: [Double]
  /// One over the squares of the lengths.
  package private(set) var inverseSquares: [Double]
  /// σ_f².
  package private(set) var variance: Double
  /// The variance of the noise.
  package private(set) var noise: Double
  /// The lower triangle of the factor of the covariance, row by row.
  private var factor: [[Double]] = []
  /// C⁻¹ y.
  private var solution: [Double] = []

  /// The least variance of the noise.
  private static var leastNoise: Double { 1e-6 }

  /// The process through points with values of mean zero and variance one; without noise of its own if the objective is
  /// deterministic.
  package init(_ points: [[Double]], _ values: [Double], isChoice: [Bool], isDeterministic: Bool) {
    dimension = isChoice.count
    self.isChoice = isChoice
    self.points = points
    self.values = values
    inverseSquares = [Double](repeating: 1, count: isChoice.count)
    variance = 1
    noise = isDeterministic ? Self.leastNoise : 1e-2
    var start = [Double](repeating: 0, count: dimension + 1)
    if !isDeterministic { start.append(Double.log(noise)) }
    var minimizer = LimitedMemoryMinimizer(tolerance: 1e-2)
    let best = minimizer.minimum(from: start) { logs, gradient in cost(logs, &gradient) }
    set(best)
    factorize()
  }

  private mutating func set(_ logs: [Double]) {
    for axis in 0..<dimension { inverseSquares[axis] = Double.exp(min(max(logs[axis], -20), 20)) }
    variance = Double.exp(min(max(logs[dimension], -20), 20))
    if logs.count > dimension + 1 {
      noise = Self.leastNoise + Double.exp(min(max(logs[dimension + 1], -20), 20))
    }
  }

  private func squares(_ a: [Double], _ b: [Double]) -> [Double] {
    (0..<dimension).map { axis in
      let difference = a[axis] - b[axis]
      return isChoice[axis] ? (difference == 0 ? 0 : 1) : difference * difference
    }
  }

  /// The kernel of a squared distance, without σ_f², and its derivative by the squared distance.
  @inline(__always)
  private static func kernel(_ squared: Double) -> (value: Double, slope: Double) {
    let root = (5 * squared).squareRoot()
    let decay = Double.exp(-root)
    return ((1 + root + root * root / 3) * decay, -5.0 / 6 * (1 + root) * decay)
  }

  /// The negative logarithm of the posterior of the parameters' logarithms, and its gradient.
  private mutating func cost(_ logs: [Double], _ gradient: inout [Double]) -> Double {
    set(logs)
    let count = points.count
    guard let lower = Self.factor(covariance()) else {
      gradient = gradient.map { _ in 0 }
      return .infinity
    }
    let alpha = Self.solved(lower, values)
    var cost = 0.5 * zip(values, alpha).reduce(0) { $0 + $1.0 * $1.1 }
    for row in 0..<count { cost += Double.log(lower[row][row]) }
    for theta in inverseSquares { cost += 0.1 / theta + 0.1 * theta }
    // log Γ(σ²; 2, 1) = log σ² − σ²; log Γ(σ_n²; 1.1, 30) = 0.1 log σ_n² − 30 σ_n².
    cost -= Double.log(variance) - variance
    let inverse = Self.inverse(lower)
    var slopes = [Double](repeating: 0, count: dimension)
    var (ofVariance, ofNoise) = (0.0, 0.0)
    for row in 0..<count {
      for column in 0...row {
        let weight = (inverse[row][column] - alpha[row] * alpha[column]) * (row == column ? 0.5 : 1)
        if row == column { ofNoise += weight }
        let squares = squares(points[row], points[column])
        let squared = zip(squares, inverseSquares).reduce(0) { $0 + $1.0 * $1.1 }
        let (value, slope) = Self.kernel(squared)
        ofVariance += weight * value
        for axis in 0..<dimension where squares[axis] > 0 {
          slopes[axis] += weight * variance * slope * squares[axis]
        }
      }
    }
    for axis in 0..<dimension {
      let theta = inverseSquares[axis]
      gradient[axis] = theta * (slopes[axis] - 0.1 / (theta * theta) + 0.1)
    }
    gradient[dimension] = variance * (ofVariance - 1 / variance + 1)
    if gradient.count > dimension + 1 {
      cost -= 0.1 * Double.log(noise) - 30 * noise
      gradient[dimension + 1] = (noise - Self.leastNoise) * (ofNoise - 0.1 / noise + 30)
    }
    return cost
  }

  private func covariance() -> [[Double]] {
    points.indices.map { row in
      (0...row).map { column in
        let squared = zip(squares(points[row], points[column]), inverseSquares).reduce(0) { $0 + $1.0 * $1.1 }
        return variance * Self.kernel(squared).value + (row == column ? noise : 0)
      }
    }
  }

  /// The lower triangle L with L Lᵀ = C; nil if C is not positive.
  private static func factor(_ matrix: [[Double]]) -> [[Double]]? {
    var lower = matrix
    for row in lower.indices {
      for column in 0...row {
        var sum = lower[row][column]
        for k in 0..<column { sum -= lower[row][k] * lower[column][k] }
        if row == column {
          guard sum > 0 else { return nil }
          lower[row][row] = sum.squareRoot()
        } else {
          lower[row][column] = sum / lower[column][column]
        }
      }
    }
    return lower
  }

  /// L⁻¹ b.
  private static func forward(_ lower: [[Double]], _ b: [Double]) -> [Double] {
    var x = b
    for row in lower.indices {
      var sum = x[row]
      lower[row].withUnsafeBufferPointer { entries in
        for column in 0..<row { sum -= entries[column] * x[column] }
        x[row] = sum / entries[row]
      }
    }
    return x
  }

  /// (L Lᵀ)⁻¹ b.
  private static func solved(_ lower: [[Double]], _ b: [Double]) -> [Double] {
    var x = forward(lower, b)
    for row in lower.indices.reversed() {
      x[row] /= lower[row][row]
      for column in 0..<row { x[column] -= lower[row][column] * x[row] }
    }
    return x
  }

  private static func inverse(_ lower: [[Double]]) -> [[Double]] {
    lower.indices.map { index in
      var unit = [Double](repeating: 0, count: lower.count)
      unit[index] = 1
      return solved(lower, unit)
    }
  }

  private mutating func factorize() {
    // Points that lie on each other need a little more noise than none.
    while true {
      if let lower = Self.factor(covariance()) {
        factor = lower
        solution = Self.solved(lower, values)
        return
      }
      noise = max(noise * 10, 1e-8)
    }
  }

  /// The mean and the variance of the function at a point.
  package func prediction(_ point: [Double]) -> (mean: Double, variance: Double) {
    let row = points.map { own in
      let squared = zip(squares(own, point), inverseSquares).reduce(0) { $0 + $1.0 * $1.1 }
      return variance * Self.kernel(squared).value
    }
    let mean = zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 }
    let explained = Self.forward(factor, row).reduce(0) { $0 + $1 * $1 }
    return (mean, max(variance - explained, 0))
  }

  /// The process that believes its own mean at another point (Ginsbourger and others 2010): what is being evaluated there is
  /// expected to be no surprise.
  package func believing(_ point: [Double]) -> GaussianProcessRegression {
    var result = self
    result.values.append(prediction(point).mean)
    result.points.append(point)
    result.factorize()
    return result
  }

  /// The logarithm of the expected improvement over a value, large values being good: with z = (μ − f)/σ it is
  /// log σ + log(z Φ(z) + φ(z)), in a form that does not underflow far below (Ament and others 2023).
  package static func logExpectedImprovement(mean: Double, variance: Double, over best: Double) -> Double {
    let deviation = (variance + 1e-12).squareRoot()
    let z = (mean - best) / deviation
    let logDeviation = Double.log(deviation)
    if z > -25 {
      let density = 0.3989422804014327 * Double.exp(-0.5 * z * z)
      return logDeviation + Double.log(z * NormalDistribution.cumulative(z) + density)
    }
    let tail = 1.2533141373155003 * z * Double.scaledErfc(-z * 0.7071067811865476)
    return logDeviation - 0.5 * z * z - 0.9189385332046727 + Double.log(1 + tail)
  }
}
