import Tensors

/// A number that summarizes the fits of a level.
struct ClosureQuantity: Sendable {
  /// The name in results.
  let name: String
  /// What the fits must have for it.
  private let needs: Set<Need>
  /// Whether chance enters it, so that it has an error.
  let isMeasured: Bool
  /// The number of the estimators of all fits and the number of their replicas.
  let value: @Sendable ([ClosureResult.Estimators], Int) -> Double

  private enum Need {
    /// Noise of each replica.
    case replicas
    /// Several fits.
    case fits
    /// Points that move together.
    case covariance
    /// Points that the fits saw.
    case seen
  }

  private init(
    _ name: String, needs: Set<Need> = [], isMeasured: Bool = true,
    _ value: @escaping @Sendable ([ClosureResult.Estimators], Int) -> Double
  ) {
    self.name = name
    self.needs = needs
    self.isMeasured = isMeasured
    self.value = value
  }

  /// Whether fits have it.
  func isDefined(level: Int, fits: Int, isCorrelated: Bool, isSeen: Bool) -> Bool {
    needs.allSatisfy { need in
      switch need {
      case .replicas: level == 2
      case .fits: level > 0 && fits > 1
      case .covariance: isCorrelated
      case .seen: isSeen
      }
    }
  }

  private static func mean(_ all: [ClosureResult.Estimators], _ part: (ClosureResult.Estimators) -> Double)
    -> Double
  { Statistics.mean(all.map(part)) }

  /// `R = √(E[bias] / E[variance])`.
  private static func ratio(_ all: [ClosureResult.Estimators]) -> Double {
    (mean(all, \.bias) / mean(all, \.variance)).squareRoot()
  }

  /// The ratio that infinitely many replicas would have: the mean of R of them is off by a variance over R, and their
  /// own variance is too small by one in R.
  private static func correctedRatio(_ all: [ClosureResult.Estimators], _ replicas: Int) -> Double {
    let count = Double(replicas)
    let variance = mean(all, \.variance)
    let bias = mean(all, \.bias) - variance / (count - 1)
    return (max(bias, 0) / (variance * count / (count - 1))).squareRoot()
  }

  /// The squared mean distance from the law of all fits together, in units of the errors, less what the scatter of so
  /// many fits gives by chance: what more data of the same kind would not mend.
  private static func systematicBias(_ all: [ClosureResult.Estimators]) -> Double {
    let points = all.first?.mean.count ?? 0
    let fits = Double(all.count)
    var sum = 0.0
    for point in 0..<points {
      let values = all.map { $0.mean[point] }
      let center = Statistics.mean(values)
      let deviation = Statistics.standardDeviation(values)
      sum += center * center - deviation * deviation / fits
    }
    return sum / Double(points)
  }

  /// `1 − P(|t| > n √((R − 1)/(R + 1)))` with R − 1 degrees of freedom: the coverage of a perfect fit of R replicas.
  private static func expectedCoverage(_ deviations: Double, _ replicas: Int) -> Double {
    let count = Double(replicas)
    return 1
      - StudentT.twoSided(deviations * ((count - 1) / (count + 1)).squareRoot(), degrees: count - 1)
  }

  /// All numbers in the order of results.
  static let all: [ClosureQuantity] = sums + ratios + coverages

  private static let sums: [ClosureQuantity] = [
    .init("bias") { all, _ in mean(all, \.bias) },
    .init("systematic-bias", needs: [.fits]) { all, _ in systematicBias(all) },
    .init("variance") { all, _ in mean(all, \.variance) },
    .init("chi2") { all, _ in mean(all, \.chi2) },
    .init("replica-chi2", needs: [.seen]) { all, _ in mean(all) { $0.replicaChi2 ?? .nan } },
    .init("delta-chi2") { all, _ in mean(all, \.deltaChi2) },
    .init("phi") { all, _ in mean(all, \.phi) },
  ]

  private static let ratios: [ClosureQuantity] = [
    .init("ratio", needs: [.replicas]) { all, _ in ratio(all) },
    .init("ratio.expected", needs: [.replicas], isMeasured: false) { _, replicas in
      (Double(replicas + 1) / Double(replicas - 1)).squareRoot()
    },
    .init("ratio.corrected", needs: [.replicas]) { all, replicas in correctedRatio(all, replicas) },
  ]

  private static let coverages: [ClosureQuantity] = [
    .init("xi-1", needs: [.replicas]) { all, _ in mean(all, \.xi1) },
    .init("xi-1.expected", needs: [.replicas], isMeasured: false) { _, replicas in
      expectedCoverage(1, replicas)
    },
    // What normal distributions with this ratio would show.
    .init("xi-1.predicted", needs: [.replicas]) { all, _ in Double.erf(1 / (2.0.squareRoot() * ratio(all))) },
    .init("xi-2", needs: [.replicas]) { all, _ in mean(all, \.xi2) },
    .init("xi-2.expected", needs: [.replicas], isMeasured: false) { _, replicas in
      expectedCoverage(2, replicas)
    },
    .init("xi-2.predicted", needs: [.replicas]) { all, _ in Double.erf(2.0.squareRoot() / ratio(all)) },
    .init("eigenbasis.xi-1", needs: [.replicas, .covariance]) { all, _ in
      mean(all) { $0.eigenbasis?.one ?? .nan }
    },
    .init("eigenbasis.xi-2", needs: [.replicas, .covariance]) { all, _ in
      mean(all) { $0.eigenbasis?.two ?? .nan }
    },
    normalizedBias, normalizedDirections,
  ]

  /// `√⟨B⟩` of the normalized biases; computed of all fits together, so that no function of single fits gives it.
  static let normalizedBias = ClosureQuantity("normalized-bias", needs: [.replicas]) { _, _ in .nan }
  /// The directions that the normalized bias keeps.
  static let normalizedDirections = ClosureQuantity(
    "normalized-bias.directions", needs: [.replicas], isMeasured: false
  ) { _, _ in .nan }
}
