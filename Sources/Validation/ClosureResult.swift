import Datasets
import Tensors

/// The fits of one level of a closure test, and what they say.
///
/// All sums are in units of the data's errors, or of their covariance where points move together.
public struct ClosureResult: Sendable, Hashable {
  /// The level, 0 to 2.
  public let level: Int
  /// The law, its points and their errors.
  public let law: LawData
  /// The fits.
  public let fits: [ClosureFit]

  /// The fits of a level.
  package init(level: Int, law: LawData, fits: [ClosureFit]) {
    self.level = level
    self.law = law
    self.fits = fits
  }

  /// The estimators of each fit, before they are averaged.
  public struct Estimators: Sendable, Hashable {
    /// `(ḡ − f)ᵀ C⁻¹ (ḡ − f) / N`: how far the mean of the replicas is from the law.
    public var bias: Double
    /// `⟨(g − ḡ)ᵀ C⁻¹ (g − ḡ)⟩ / N`: how far the replicas are from their mean.
    public var variance: Double
    /// `χ²[ḡ, y] / N`.
    public var chi2: Double
    /// `(χ²[ḡ, y] − χ²[f, y]) / N`: negative if noise was fitted.
    public var deltaChi2: Double
    /// `√(⟨χ²[g, y]⟩ − χ²[ḡ, y])`, per point: the replicas' spread.
    public var phi: Double
    /// The share of points whose law lies within one standard deviation of the replicas.
    public var xi1: Double
    /// The same within two.
    public var xi2: Double
  }

  /// The estimators of each fit.
  public var estimators: [Estimators] { fits.map(estimators(of:)) }

  private func estimators(of fit: ClosureFit) -> Estimators {
    let distance = law.distance
    let mean = fit.mean
    let deviation = fit.deviation
    let chi2 = distance(mean, fit.data)
    let replicaChi2 = Statistics.mean(fit.replicas.map { distance($0, fit.data) })
    func share(within factor: Double) -> Double {
      let inside = mean.indices.filter { abs(mean[$0] - law.values[$0]) < factor * deviation[$0] }
      return Double(inside.count) / Double(mean.count)
    }
    return Estimators(
      bias: distance(mean, law.values),
      variance: Statistics.mean(fit.replicas.map { distance($0, mean) }), chi2: chi2,
      deltaChi2: chi2 - distance(law.values, fit.data), phi: max(replicaChi2 - chi2, 0).squareRoot(),
      xi1: share(within: 1), xi2: share(within: 2))
  }

  /// A number with its statistical error over the fits; the error is NaN for a single fit.
  public struct Estimate: Sendable, Hashable {
    /// The estimate.
    public var value: Double
    /// Its standard error, from a bootstrap over the fits.
    public var error: Double
  }

  /// What the level says, by the names of the results: means over fits, and at level 2 the ratio
  /// `R = √(E[bias] / E[variance])` and the coverage.
  public func summary(seed: UInt64) -> [(name: String, estimate: Estimate)] {
    var quantities: [(String, ([Estimators]) -> Double)] = [
      ("bias", { Statistics.mean($0.map(\.bias)) }),
      ("variance", { Statistics.mean($0.map(\.variance)) }),
      ("chi2", { Statistics.mean($0.map(\.chi2)) }),
      ("delta-chi2", { Statistics.mean($0.map(\.deltaChi2)) }),
      ("phi", { Statistics.mean($0.map(\.phi)) }),
    ]
    if level == 2 {
      quantities += [
        ("ratio", { (Statistics.mean($0.map(\.bias)) / Statistics.mean($0.map(\.variance))).squareRoot() }),
        ("xi-1", { Statistics.mean($0.map(\.xi1)) }),
        ("xi-2", { Statistics.mean($0.map(\.xi2)) }),
      ]
    }
    let all = estimators
    return quantities.map { name, quantity in
      (name, Estimate(value: quantity(all), error: bootstrapError(all, seed: seed, quantity)))
    }
  }

  /// The standard deviation of a quantity over 200 draws of the fits with replacement.
  private func bootstrapError(
    _ all: [Estimators], seed: UInt64, _ quantity: ([Estimators]) -> Double
  ) -> Double {
    guard all.count > 1 else { return .nan }
    var stream = RandomStream(seed: seed, .replica, level, -1)
    let draws = (0..<200).map { _ in
      quantity(all.indices.map { _ in all[stream.integer(below: all.count)] })
    }
    return Statistics.standardDeviation(draws)
  }
}
