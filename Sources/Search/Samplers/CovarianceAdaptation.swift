import Tensors

/// The state of CMA-ES (Hansen 2016, "The CMA Evolution Strategy: A Tutorial"): a normal distribution whose mean, step size and
/// covariance follow the best points of each generation.
package struct CovarianceAdaptation: Sendable {
  /// The number of dimensions.
  package let dimension: Int
  /// The number of points in a generation.
  package let population: Int
  /// The mean.
  package private(set) var mean: [Double]
  /// The step size.
  package private(set) var sigma: Double
  /// The covariance of a step of size one, dimension × dimension.
  package private(set) var covariance: [Double]
  /// How many generations have been seen.
  package private(set) var generation = 0
  /// The parameters of the method.
  package let parameters: Parameters

  private var stepPath: [Double]
  private var covariancePath: [Double]
  private var eigen: SymmetricEigen

  /// What the method is set by, from the dimension and the number of points alone.
  package struct Parameters: Sendable {
    /// The weights of the points, the best first; those of the worse half are negative.
    package let weights: [Double]
    /// How many points move the mean.
    package let parents: Int
    /// The variance-effective number of those: (Σ w)² / Σ w².
    package let effective: Double
    /// The learning rates of the covariance from its path and from the points.
    package let pathRate: Double
    package let pointRate: Double
    /// The backward horizons of the paths of the step size and of the covariance.
    package let stepDecay: Double
    package let covarianceDecay: Double
    /// The damping of the step size.
    package let damping: Double
    /// The expected length of a standard normal vector.
    package let expectedLength: Double

    package init(dimension: Int, population: Int) {
      let (n, count) = (Double(dimension), Double(population))
      parents = population / 2
      let raw = (1...population).map { Double.log((count + 1) / 2) - Double.log(Double($0)) }
      let positive = raw.prefix(population / 2)
      let negative = raw.suffix(population - population / 2)
      func effective(_ weights: ArraySlice<Double>) -> Double {
        let (sum, squares) = weights.reduce((0, 0)) { ($0.0 + $1, $0.1 + $1 * $1) }
        return sum * sum / squares
      }
      self.effective = effective(positive)
      let others = effective(negative)
      pathRate = 2 / ((n + 1.3) * (n + 1.3) + self.effective)
      pointRate = min(
        1 - pathRate - 1e-8,
        2 * (self.effective - 2 + 1 / self.effective) / ((n + 2) * (n + 2) + self.effective))
      let most = min(
        1 + pathRate / pointRate, 1 + 2 * others / (self.effective + 2),
        (1 - pathRate - pointRate) / (n * pointRate))
      let above = positive.reduce(0, +)
      let below = negative.reduce(0) { $0 + ($1 < 0 ? -$1 : 0) }
      weights = raw.map { $0 >= 0 ? $0 / above : $0 * most / below }
      stepDecay = (self.effective + 2) / (n + self.effective + 5)
      covarianceDecay = (4 + self.effective / n) / (n + 4 + 2 * self.effective / n)
      damping = 1 + 2 * max(0, ((self.effective - 1) / (n + 1)).squareRoot() - 1) + stepDecay
      expectedLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    }
  }

  /// A distribution; without a covariance it is the same in all directions.
  ///
  /// The number of points is 4 + ⌊3 ln d⌋ unless given.
  package init(
    mean: [Double], sigma: Double, population: Int? = nil, covariance: [Double]? = nil
  ) {
    dimension = mean.count
    let standard = 4 + Int(3 * Double.log(Double(max(mean.count, 1))))
    self.population = max(population ?? standard, 4)
    self.mean = mean
    self.sigma = sigma
    let count = mean.count
    self.covariance =
      covariance ?? (0..<count * count).map { $0 / count == $0 % count ? 1 : 0 }
    parameters = Parameters(dimension: dimension, population: self.population)
    stepPath = [Double](repeating: 0, count: dimension)
    covariancePath = stepPath
    eigen = SymmetricEigen(self.covariance, count: count)
  }

  /// The standard deviation along an axis.
  package func deviation(_ axis: Int) -> Double { sigma * covariance[axis * dimension + axis].squareRoot() }

  /// A step from the mean of size one: B D z with z standard normal.
  package func step(_ normals: [Double]) -> [Double] {
    var step = [Double](repeating: 0, count: dimension)
    for index in 0..<dimension {
      let scale = max(eigen.values[index], 0).squareRoot() * normals[index]
      for (axis, entry) in eigen.vector(index).enumerated() { step[axis] += scale * entry }
    }
    return step
  }

  /// C^(1/2) z, the same in axes that are turned.
  package func root(_ normals: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: dimension)
    for index in 0..<dimension {
      let vector = eigen.vector(index)
      let along = zip(vector, normals).reduce(0) { $0 + $1.0 * $1.1 }
      let scale = along * max(eigen.values[index], 0).squareRoot()
      for (axis, entry) in vector.enumerated() { result[axis] += scale * entry }
    }
    return result
  }

  /// C^(−1/2) y.
  private func whitened(_ y: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: dimension)
    for index in 0..<dimension {
      let vector = eigen.vector(index)
      let along = zip(vector, y).reduce(0) { $0 + $1.0 * $1.1 }
      let scale = along / max(eigen.values[index], 1e-300).squareRoot()
      for (axis, entry) in vector.enumerated() { result[axis] += scale * entry }
    }
    return result
  }

  private static func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// Learns from the points of a generation, the best first.
  package mutating func learn(_ points: [[Double]]) {
    let p = parameters
    let n = Double(dimension)
    let steps = points.map { zip($0, mean).map { ($0 - $1) / sigma } }
    var move = [Double](repeating: 0, count: dimension)
    for (weight, step) in zip(p.weights.prefix(p.parents), steps) {
      for axis in 0..<dimension { move[axis] += weight * step[axis] }
    }
    let white = whitened(move)
    for axis in 0..<dimension { mean[axis] += sigma * move[axis] }
    let stepGain = (p.stepDecay * (2 - p.stepDecay) * p.effective).squareRoot()
    for axis in 0..<dimension { stepPath[axis] = (1 - p.stepDecay) * stepPath[axis] + stepGain * white[axis] }
    let length = Self.length(stepPath)
    let horizon = 1 - Double.exp(2 * Double(generation + 1) * Double.log(1 - p.stepDecay))
    let isShort = length / horizon.squareRoot() < (1.4 + 2 / (n + 1)) * p.expectedLength
    let gain = isShort ? (p.covarianceDecay * (2 - p.covarianceDecay) * p.effective).squareRoot() : 0
    for axis in 0..<dimension {
      covariancePath[axis] = (1 - p.covarianceDecay) * covariancePath[axis] + gain * move[axis]
    }
    adaptCovariance(steps, isShort: isShort)
    // A jump of the step size by more than e in one generation helps nobody.
    sigma *= Double.exp(min(1, p.stepDecay / p.damping * (length / p.expectedLength - 1)))
    eigen = SymmetricEigen(covariance, count: dimension)
    generation += 1
  }

  private mutating func adaptCovariance(_ steps: [[Double]], isShort: Bool) {
    let p = parameters
    // Steps of negative weight have the same length after whitening, so that the matrix stays positive.
    let weights = zip(p.weights, steps).map { weight, step -> Double in
      guard weight < 0 else { return weight }
      let length = Self.length(whitened(step))
      return weight * Double(dimension) / max(length * length, 1e-300)
    }
    let sum = p.weights.reduce(0, +)
    let lost = isShort ? 0 : p.covarianceDecay * (2 - p.covarianceDecay)
    let kept = 1 + p.pathRate * lost - p.pathRate - p.pointRate * sum
    for row in 0..<dimension {
      for column in 0...row {
        var value = kept * covariance[row * dimension + column]
        value += p.pathRate * covariancePath[row] * covariancePath[column]
        for (weight, step) in zip(weights, steps) { value += p.pointRate * weight * step[row] * step[column] }
        covariance[row * dimension + column] = value
        covariance[column * dimension + row] = value
      }
    }
  }

  /// Whether points can still be drawn.
  package var isUsable: Bool {
    sigma.isFinite && sigma > 0 && eigen.values.allSatisfy { $0 > 0 } && mean.allSatisfy(\.isFinite)
  }

  /// Whether nothing more is to be gained: steps have become tiny or huge, or the covariance too long in one direction.
  package func hasEnded(initialSigma: Double) -> Bool {
    let most = eigen.values.max() ?? 1
    let least = eigen.values.min() ?? 1
    if !sigma.isFinite || !(least > 0) || most > 1e14 * least { return true }
    if sigma * most.squareRoot() > 1e4 * initialSigma { return true }
    return (0..<dimension).allSatisfy { axis in
      max(deviation(axis), sigma * covariancePath[axis].magnitude) < 1e-12 * initialSigma
    }
  }
}
