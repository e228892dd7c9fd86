import Components
import Tensors

/// Draws from a normal distribution whose mean, size and shape follow the best draws: CMA-ES (Hansen 2016,
/// arXiv:1604.00772), for few parameters and objectives with many valleys or no useful derivative.
///
/// One generation an epoch: the objective of all data is computed for each draw.
public struct CovarianceAdaptation: Minimizer, Hashable {
  /// σ, the standard deviation of the first generation in every parameter.
  public var learningRate: Double
  /// The draws of a generation; nil for `4 + ⌊3 ln n⌋`.
  public var population: Int?
  /// Ends when the distribution has shrunk by this factor, or recent generations differ by less in their best value.
  public var toleranceChange: Double

  /// CMA-ES.
  public init(learningRate: Double = 0.3, population: Int? = nil, toleranceChange: Double = 1e-12) {
    self.learningRate = learningRate
    self.population = population
    self.toleranceChange = toleranceChange
  }

  private static let rateParameter = Optimizers.learningRate(PresetDefault(0.3))
  private static let populationParameter = Parameter<Int?>(
    "population", default: .some(nil), "at least 4", help: "The draws of a generation; none for 4 + ⌊3 ln n⌋."
  ) { $0.map { $0 >= 4 } ?? true }
  private static let changeParameter = Optimizers.tolerance(
    "tolerance-change", default: 1e-12, help: "Ends when the distribution has shrunk by this factor.")
  static let component = Component<any Optimizer>(
    "cma-es", help: "Draws from a normal distribution that follows the best draws; a generation an epoch.",
    swift: "CovarianceAdaptation(learning-rate, population, tolerance-change)",
    parameters: [rateParameter, populationParameter, changeParameter]
  ) {
    CovarianceAdaptation(
      learningRate: $0[rateParameter], population: $0[populationParameter],
      toleranceChange: $0[changeParameter])
  }

  public var name: String { "cma-es" }
  public var needsGradient: Bool { false }
  public var mostParameters: Int { 1000 }

  public func minimization(from start: [Double], using stream: RandomStream) -> any Minimization {
    CovarianceMinimization(from: start, self, key: stream.key)
  }
}

/// The constants of the strategy for a number of parameters (Hansen 2016, table 1), negative weights included.
private struct StrategyConstants {
  let weights: [Double]
  let parents: Int
  let effectiveParents: Double
  let pathMemory: Double
  let sizePathMemory: Double
  let sizeDamping: Double
  let pathShare: Double
  let drawShare: Double
  /// The mean length of a draw from the standard normal distribution.
  let usualLength: Double

  init(count: Int, population: Int) {
    let n = Double(count)
    let raw = (1...population).map { Double.log(Double(population + 1) / 2) - Double.log(Double($0)) }
    parents = population / 2
    let (best, worst) = (raw[..<parents], raw[parents...])
    let bestSum = best.reduce(0, +)
    let mu = bestSum * bestSum / best.reduce(0) { $0 + $1 * $1 }
    let worstSum = worst.reduce(0, +)
    let worstMu = worstSum * worstSum / worst.reduce(0) { $0 + $1 * $1 }
    effectiveParents = mu
    sizePathMemory = (mu + 2) / (n + mu + 5)
    sizeDamping = 1 + 2 * max(0, ((mu - 1) / (n + 1)).squareRoot() - 1) + sizePathMemory
    pathMemory = (4 + mu / n) / (n + 4 + 2 * mu / n)
    let c1 = 2 / ((n + 1.3) * (n + 1.3) + mu)
    let cMu = min(1 - c1, 2 * (0.25 + mu + 1 / mu - 2) / ((n + 2) * (n + 2) + mu))
    pathShare = c1
    drawShare = cMu
    let negative = min(1 + c1 / cMu, 1 + 2 * worstMu / (mu + 2), (1 - c1 - cMu) / (n * cMu))
    let negativeSum = raw.reduce(0) { $0 - min($1, 0) }
    weights = raw.map { $0 >= 0 ? $0 / bestSum : negative * $0 / negativeSum }
    usualLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
  }
}

/// A minimization by CMA-ES.
private struct CovarianceMinimization: Minimization {
  private(set) var parameters: [Double]
  private(set) var value = Double.nan
  private(set) var iterations = 0
  private let key: UInt64
  private let firstSize: Double
  private let tolerance: Double
  private let population: Int
  private var mean: [Double]
  private var size: Double
  private var path: [Double]
  private var sizePath: [Double]
  /// The covariance without its size, row by row.
  private var covariance: [Double]
  /// Its axes, each a row, and their lengths.
  private var axes: [Double]
  private var lengths: [Double]
  private var generationsSinceAxes = 0
  private var recentBest: [Double] = []

  init(from start: [Double], _ settings: CovarianceAdaptation, key: UInt64) {
    let n = start.count
    parameters = start
    mean = start
    self.key = key
    firstSize = settings.learningRate
    size = settings.learningRate
    tolerance = settings.toleranceChange
    population = max(settings.population ?? 4 + Int(3 * Double.log(Double(max(n, 1)))), 4)
    path = [Double](repeating: 0, count: n)
    sizePath = path
    covariance = [Double](repeating: 0, count: n * n)
    for index in 0..<n { covariance[index * n + index] = 1 }
    axes = covariance
    lengths = [Double](repeating: 1, count: n)
  }

  /// A draw in the axes' own measure, its image, and its value.
  private struct Draw {
    var standard: [Double]
    var image: [Double]
    var value: Double
  }

  mutating func iterate(_ objective: some Objective) -> Bool {
    let n = mean.count
    guard n > 0 else { return false }
    let constants = StrategyConstants(count: n, population: population)
    var stream = RandomStream(under: key, iterations)
    iterations += 1
    let draws = draw(objective, using: &stream)
    follow(draws, constants)
    generationsSinceAxes += 1
    // Axes are renewed as often as pays (Hansen 2016, appendix B.2).
    if Double(generationsSinceAxes) > 1 / ((constants.pathShare + constants.drawShare) * Double(n) * 10) {
      renewAxes()
    }
    return !hasConverged
  }

  /// A generation, the best draw first.
  private mutating func draw(_ objective: some Objective, using stream: inout RandomStream) -> [Draw] {
    let n = mean.count
    var draws: [Draw] = []
    for _ in 0..<population {
      let standard = (0..<n).map { _ in stream.normal() }
      var image = [Double](repeating: 0, count: n)
      for axis in 0..<n {
        let length = lengths[axis] * standard[axis]
        for index in 0..<n { image[index] += length * axes[axis * n + index] }
      }
      var point = mean
      Vectors.add(image, times: size, to: &point)
      let value = objective.value(at: point)
      if value < self.value || (self.value.isNaN && !value.isNaN) {
        (parameters, self.value) = (point, value)
      }
      draws.append(Draw(standard: standard, image: image, value: value.isNaN ? .infinity : value))
    }
    let order = draws.indices.sorted { (draws[$0].value, $0) < (draws[$1].value, $1) }
    return order.map { draws[$0] }
  }

  /// Moves mean, size and shape towards the best draws.
  private mutating func follow(_ draws: [Draw], _ constants: StrategyConstants) {
    let n = mean.count
    var (image, standard) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
    for (draw, weight) in zip(draws, constants.weights).prefix(constants.parents) {
      Vectors.add(draw.image, times: weight, to: &image)
      Vectors.add(draw.standard, times: weight, to: &standard)
    }
    Vectors.add(image, times: size, to: &mean)
    var turned = [Double](repeating: 0, count: n)
    for axis in 0..<n {
      for index in 0..<n { turned[index] += standard[axis] * axes[axis * n + index] }
    }
    let kept = 1 - constants.sizePathMemory
    let gain = (constants.sizePathMemory * (2 - constants.sizePathMemory) * constants.effectiveParents)
      .squareRoot()
    sizePath = Vectors.scaled(sizePath, by: kept)
    Vectors.add(turned, times: gain, to: &sizePath)
    let length = Vectors.norm(sizePath)
    let unbiased = length / (1 - Double.pow(kept, 2 * Double(iterations))).squareRoot()
    let isSteady = unbiased < (1.4 + 2 / (Double(n) + 1)) * constants.usualLength
    path = Vectors.scaled(path, by: 1 - constants.pathMemory)
    if isSteady {
      let gain = (constants.pathMemory * (2 - constants.pathMemory) * constants.effectiveParents).squareRoot()
      Vectors.add(image, times: gain, to: &path)
    }
    reshape(draws, constants, isSteady: isSteady)
    size *= Double.exp(
      constants.sizePathMemory / constants.sizeDamping * (length / constants.usualLength - 1))
    recentBest.append(draws[0].value)
    if recentBest.count > 10 + 30 * n / population { recentBest.removeFirst() }
  }

  /// Adds the path and the draws to the covariance.
  private mutating func reshape(_ draws: [Draw], _ constants: StrategyConstants, isSteady: Bool) {
    let n = mean.count
    let (c1, cMu, cc) = (constants.pathShare, constants.drawShare, constants.pathMemory)
    let lost = isSteady ? 0 : c1 * cc * (2 - cc)
    let kept = 1 + lost - c1 - cMu * constants.weights.reduce(0, +)
    for index in covariance.indices { covariance[index] *= kept }
    addSquare(path, times: c1)
    for (draw, weight) in zip(draws, constants.weights) {
      // Negative weights count by the length of the draw, so that the covariance stays positive.
      let scale = weight < 0 ? Double(n) / max(Vectors.dot(draw.standard, draw.standard), 1e-300) : 1
      addSquare(draw.image, times: cMu * weight * scale)
    }
  }

  private mutating func addSquare(_ vector: [Double], times factor: Double) {
    let n = vector.count
    covariance.withUnsafeMutableBufferPointer { covariance in
      for row in 0..<n {
        let scaled = factor * vector[row]
        for column in 0..<n { covariance[row * n + column] += scaled * vector[column] }
      }
    }
  }

  private mutating func renewAxes() {
    let eigen = SymmetricEigen(covariance, count: mean.count)
    guard eigen.values.allSatisfy(\.isFinite) else { return }
    axes = eigen.vectors
    lengths = eigen.values.map { max($0, 0).squareRoot() }
    generationsSinceAxes = 0
  }

  private var hasConverged: Bool {
    let longest = lengths.reduce(0, max)
    let shortest = lengths.reduce(.infinity, min)
    guard size.isFinite, longest.isFinite, shortest > 0, longest < 1e7 * shortest else { return true }
    if size * longest < tolerance * firstSize { return true }
    guard recentBest.count >= 10 + 30 * mean.count / population else { return false }
    let (low, high) = (recentBest.reduce(.infinity, min), recentBest.reduce(-.infinity, max))
    return high - low <= tolerance
  }
}

extension Optimizer where Self == CovarianceAdaptation {
  /// Draws from a normal distribution that follows the best draws: CMA-ES.
  public static func covarianceAdaptation(
    learningRate: Double = 0.3, population: Int? = nil, toleranceChange: Double = 1e-12
  ) -> CovarianceAdaptation {
    CovarianceAdaptation(learningRate: learningRate, population: population, toleranceChange: toleranceChange)
  }
}
