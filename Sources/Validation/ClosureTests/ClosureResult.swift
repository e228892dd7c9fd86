import Components
import Datasets
import Tensors

/// The fits of one level of a closure test, and what they say.
///
/// All sums are in units of the data's errors, or of their covariance where points move together.
public struct ClosureResult: Sendable, Hashable {
  /// The level, 0 to 2.
  public let level: Int
  /// The law, its points and the errors that the fits know of.
  public let law: LawData
  /// The fits.
  public let fits: [ClosureFit]
  /// The same fits at points that they did not see; nil if there are none.
  public let outOfSample: OutOfSample?

  /// Fits at points that they did not see.
  public struct OutOfSample: Sendable, Hashable {
    /// The law at these points.
    public let law: LawData
    /// The fits; their data are fresh ones with noise of their own.
    public let fits: [ClosureFit]
  }

  /// The fits of a level.
  package init(level: Int, law: LawData, fits: [ClosureFit], outOfSample: OutOfSample? = nil) {
    self.level = level
    self.law = law
    self.fits = fits
    self.outOfSample = outOfSample
  }

  /// The estimators of each fit, before they are averaged.
  public struct Estimators: Sendable, Hashable {
    /// `(ḡ − f)ᵀ C⁻¹ (ḡ − f) / N`: how far the mean of the replicas is from the law.
    public var bias = 0.0
    /// `⟨(g − ḡ)ᵀ C⁻¹ (g − ḡ)⟩ / N`: how far the replicas are from their mean.
    public var variance = 0.0
    /// `χ²[ḡ, y] / N`.
    public var chi2 = 0.0
    /// `⟨χ²[gₖ, yₖ]⟩ / N`, of each replica against its own data; nil for points that no fit saw.
    public var replicaChi2: Double?
    /// `(χ²[ḡ, y] − χ²[f, y]) / N`: negative if noise was fitted.
    public var deltaChi2 = 0.0
    /// `√(⟨χ²[g, y]⟩ − χ²[ḡ, y])`, per point: the replicas' spread.
    public var phi = 0.0
    /// The share of points whose law lies within one standard deviation of the replicas.
    public var xi1 = 0.0
    /// The same within two.
    public var xi2 = 0.0
    /// Both shares over the eigenvectors of the covariance; nil where points do not move together.
    public var eigenbasis: (one: Double, two: Double)? {
      get { eigenShares.map { ($0[0], $0[1]) } }
      set { eigenShares = newValue.map { [$0.one, $0.two] } }
    }
    private var eigenShares: [Double]?
    /// `ḡ − f` at each point in units of the errors.
    var mean: [Double] = []
  }

  /// The estimators of each fit.
  public var estimators: [Estimators] {
    let ensemble = ClosureEnsemble(law: law, fits: fits)
    return ensemble.estimators(ensemble.everything)
  }

  /// A number with its statistical error over fits and replicas; the error is NaN for a single fit and for what follows
  /// from the number of replicas alone.
  public struct Estimate: Sendable, Hashable {
    /// The estimate.
    public var value: Double
    /// Its standard error, from a bootstrap over the fits and the replicas of each.
    public var error: Double
  }

  /// What the level says, by the names of the results.
  ///
  /// Numbers out of the sample stand behind the others, their names beginning with `out-of-sample.`
  public func summary(
    seed: UInt64, in pool: any WorkerPool = SerialPool()
  ) throws -> [(name: String, estimate: Estimate)] {
    let inside = try ClosureSummary(level: level, law: law, fits: fits, isSeen: true)
      .estimates(seed: seed, in: pool)
    guard let outOfSample else { return inside }
    let outside = try ClosureSummary(
      level: level, law: outOfSample.law, fits: outOfSample.fits, isSeen: false
    ).estimates(seed: seed, in: pool)
    return inside + outside.map { ("out-of-sample.\($0.name)", $0.estimate) }
  }

  /// The numbers of the summary without their errors, by name.
  public func values() -> [String: Double] {
    var result = ClosureSummary(level: level, law: law, fits: fits, isSeen: true).values()
    guard let outOfSample else { return result }
    let outside = ClosureSummary(
      level: level, law: outOfSample.law, fits: outOfSample.fits, isSeen: false
    ).values()
    for name in outside.keys.sorted() { result["out-of-sample.\(name)"] = outside[name] }
    return result
  }

  /// The names of the numbers that the level of a plan will have, and whether each has an error.
  public static func names(level: Int, plan: ClosurePlan, law: LawData) -> [(
    name: String, hasError: Bool
  )] {
    let hasErrors = level > 0 && plan.fits > 1
    // Fits that know nothing of what moves points together see them as independent.
    let isCorrelated = law.covariance != nil && plan.inconsistency != 0
    func quantities(isSeen: Bool) -> [(name: String, hasError: Bool)] {
      ClosureQuantity.all.filter {
        $0.isDefined(level: level, fits: plan.fits, isCorrelated: isCorrelated, isSeen: isSeen)
      }.map { ($0.name, hasErrors && $0.isMeasured) }
    }
    let outside = plan.outOfSample == nil ? [] : quantities(isSeen: false)
    return quantities(isSeen: true) + outside.map { ("out-of-sample.\($0.name)", $0.hasError) }
  }
}
