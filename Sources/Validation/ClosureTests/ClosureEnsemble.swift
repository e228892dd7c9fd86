import Datasets
import Tensors

/// The replicas of all fits of a closure test as differences from the law: what estimators are computed of, for all of
/// them or for some drawn anew.
struct ClosureEnsemble: Sendable {
  let fitCount: Int
  let replicaCount: Int
  let pointCount: Int
  /// `g − f` in units of the errors or of the Cholesky factor of their covariance: fits × replicas × points.
  private let whitened: [Double]
  /// The same in the eigenbasis of the covariance, each direction in its own units; nil where points do not move together.
  private let rotated: [Double]?
  /// The same in the units of the law, where they differ from the whitened by more than a factor a point.
  private let plain: [Double]?
  /// `y − f` of each fit, whitened: fits × points.
  private let noise: [Double]
  /// `χ² / N` of each replica against its own data: fits × replicas; empty for points that no fit saw.
  private let replicaChi2: [Double]

  init(law: LawData, fits: [ClosureFit]) {
    fitCount = fits.count
    replicaCount = fits.first?.replicas.count ?? 0
    pointCount = law.values.count
    func differences(_ values: [Double]) -> [Double] { zip(values, law.values).map { $0 - $1 } }
    let all = fits.flatMap { fit in fit.replicas.map(differences) }
    whitened = all.flatMap(law.whitened)
    noise = fits.flatMap { law.whitened(differences($0.data)) }
    replicaChi2 = fits.flatMap(\.replicaChi2)
    guard let covariance = law.covariance else {
      (rotated, plain) = (nil, nil)
      return
    }
    plain = all.flatMap(\.self)
    let count = law.values.count
    let eigen = SymmetricEigen(covariance.elements, count: count)
    rotated = all.flatMap { difference in
      (0..<count).map { direction in
        zip(eigen.vector(direction), difference).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
  }

  /// Which fits, and which replicas of each, are looked at; numbers may come twice.
  struct Selection {
    var fits: [Int]
    var replicas: [[Int]]
  }

  /// All of them, each once.
  var everything: Selection {
    Selection(
      fits: Array(0..<fitCount),
      replicas: [[Int]](repeating: Array(0..<replicaCount), count: fitCount))
  }

  /// As many fits and replicas of each, drawn with replacement.
  func drawn(using stream: inout RandomStream) -> Selection {
    Selection(
      fits: (0..<fitCount).map { _ in stream.integer(below: fitCount) },
      replicas: (0..<fitCount).map { _ in
        (0..<replicaCount).map { _ in stream.integer(below: replicaCount) }
      })
  }

  /// The estimators of each selected fit.
  func estimators(_ selection: Selection) -> [ClosureResult.Estimators] {
    zip(selection.fits, selection.replicas).map { estimators(fit: $0, replicas: $1) }
  }

  private func estimators(fit: Int, replicas: [Int]) -> ClosureResult.Estimators {
    var estimators = ClosureResult.Estimators()
    var spread = [Double](repeating: 0, count: pointCount)
    let mean = mean(whitened, fit, replicas, spread: &spread)
    var (bias, chi2, noise2, variance) = (0.0, 0.0, 0.0, 0.0)
    for point in 0..<pointCount {
      let own = noise[fit * pointCount + point]
      bias += mean[point] * mean[point]
      chi2 += (mean[point] - own) * (mean[point] - own)
      noise2 += own * own
      variance += spread[point]
    }
    let count = Double(pointCount)
    estimators.bias = bias / count
    estimators.variance = variance / count
    estimators.chi2 = chi2 / count
    estimators.deltaChi2 = (chi2 - noise2) / count
    // ⟨χ²[g]⟩ − χ²[ḡ] is the variance in the same units.
    estimators.phi = estimators.variance.squareRoot()
    estimators.mean = mean
    if !replicaChi2.isEmpty {
      estimators.replicaChi2 = Statistics.mean(replicas.map { replicaChi2[fit * replicaCount + $0] })
    }
    (estimators.xi1, estimators.xi2) = coverage(plain ?? whitened, fit, replicas)
    if let rotated { estimators.eigenbasis = coverage(rotated, fit, replicas) }
    return estimators
  }

  /// The mean over replicas at each point, and the mean square of their distances from it.
  private func mean(
    _ values: [Double], _ fit: Int, _ replicas: [Int], spread: inout [Double]
  ) -> [Double] {
    var mean = [Double](repeating: 0, count: pointCount)
    let count = Double(replicas.count)
    values.withUnsafeBufferPointer { values in
      for replica in replicas {
        let start = (fit * replicaCount + replica) * pointCount
        for point in 0..<pointCount { mean[point] += values[start + point] }
      }
      for point in 0..<pointCount { mean[point] /= count }
      for replica in replicas {
        let start = (fit * replicaCount + replica) * pointCount
        for point in 0..<pointCount {
          let distance = values[start + point] - mean[point]
          spread[point] += distance * distance
        }
      }
      for point in 0..<pointCount { spread[point] /= count }
    }
    return mean
  }

  /// The shares of entries whose law lies within one and two standard deviations of the replicas.
  private func coverage(_ values: [Double], _ fit: Int, _ replicas: [Int]) -> (one: Double, two: Double) {
    var spread = [Double](repeating: 0, count: pointCount)
    let mean = mean(values, fit, replicas, spread: &spread)
    var (one, two) = (0, 0)
    for point in 0..<pointCount {
      let deviation = spread[point].squareRoot()
      if mean[point].magnitude < deviation { one += 1 }
      if mean[point].magnitude < 2 * deviation { two += 1 }
    }
    return (Double(one) / Double(pointCount), Double(two) / Double(pointCount))
  }

  /// `⟨(ḡ − f)ᵀ S⁻¹ (ḡ − f)⟩ / n` of each fit in the fits' own mean covariance S, without its directions of least variance:
  /// those kept have 95 % of the variance of the correlation matrix (NNPDF's estimator of multi-closure tests).
  func normalizedBiases() -> (values: [Double], directions: Int) {
    let count = pointCount
    var covariance = [Double](repeating: 0, count: count * count)
    var means: [[Double]] = []
    let values = plain ?? whitened
    let all = Array(0..<replicaCount)
    for fit in 0..<fitCount {
      var spread = [Double](repeating: 0, count: count)
      let mean = mean(values, fit, all, spread: &spread)
      means.append(mean)
      for replica in all {
        let start = (fit * replicaCount + replica) * count
        let distances = (0..<count).map { values[start + $0] - mean[$0] }
        for row in 0..<count {
          for column in 0...row { covariance[row * count + column] += distances[row] * distances[column] }
        }
      }
    }
    // Unbiased within each fit, so that few replicas do not make it small.
    let samples = Double(fitCount * max(replicaCount - 1, 1))
    let deviations = (0..<count).map { (covariance[$0 * count + $0] / samples).squareRoot() }
    for row in 0..<count {
      for column in 0...row {
        covariance[row * count + column] /= samples * deviations[row] * deviations[column]
      }
    }
    let eigen = SymmetricEigen(covariance, count: count)
    var kept: [Int] = []
    var sum = 0.0
    for direction in (0..<count).reversed() where sum < 0.95 * Double(count) {
      kept.append(direction)
      sum += eigen.values[direction]
    }
    let biases = means.map { mean in
      Statistics.mean(
        kept.map { direction in
          let vector = eigen.vector(direction)
          var product = 0.0
          for (point, entry) in vector.enumerated() { product += entry * mean[point] / deviations[point] }
          return product * product / eigen.values[direction]
        })
    }
    return (biases, kept.count)
  }
}
