import Components
import Datasets
import NeuralNetworks
import Tensors

/// Tests a strategy where the truth is known: pseudo-data of a law are fitted as real ones would be, and the fits are
/// compared with the law (Del Debbio, Giani, Wilson 2022, arXiv:2111.05787).
///
/// Level 0 fits the law itself, level 1 the law with one noise for all replicas, level 2 adds a noise of its own to
/// each replica, as a fit to real data does.
public struct ClosureTest: Sendable {
  /// The law, its points and the errors that the fits know of.
  public let law: LawData
  /// The law with the errors that the data really have.
  private let truth: LawData
  /// The law at points that no fit sees.
  public let outside: LawData?
  /// How many replicas make a fit.
  public let replicas: Int
  /// How many independent fits, each with its own level-1 noise.
  public let fits: Int
  /// The key of all noise and of all fits.
  public let key: FitKey

  /// A closure test of so many fits and replicas.
  public init(law: LawData, replicas: Int, fits: Int, key: FitKey) {
    (self.law, truth, outside) = (law, law, nil)
    self.replicas = replicas
    self.fits = fits
    self.key = key
  }

  /// The closure test of a plan.
  ///
  /// Throws `DatasetError` if the law cannot be sampled where the plan says, or has no normalization error that fits could
  /// know less of.
  public init(_ plan: ClosurePlan, law: LawData, key: FitKey) throws(DatasetError) {
    truth = law
    self.law = try plan.inconsistency.map { share throws(DatasetError) in try law.knowing(share) } ?? law
    outside = try plan.outOfSample.map { points throws(DatasetError) in try law.sampled(at: points) }
    replicas = plan.replicas
    fits = plan.fits
    self.key = key
  }

  /// How many fits a level has: level 0 has no noise that could differ, so that one fit tells everything.
  public func fitCount(level: Int) -> Int { level == 0 ? 1 : fits }

  /// The tasks of a level, one a replica; the replicas of a fit follow each other.
  public func taskCount(level: Int) -> Int { fitCount(level: level) * replicas }

  /// What one replica predicts.
  public struct Replica: Sendable, Hashable {
    /// At the points of the law.
    var inside: [Double]
    /// At the points that no fit sees.
    var outside: [Double]
    /// `χ² / N` against the data that it was fitted to.
    var chi2: Double

    /// The numbers as a list: χ² first, then the predictions at the points of the law, then those at the others.
    package var numbers: [Double] { [chi2, Double(inside.count)] + inside + outside }

    init(inside: [Double], outside: [Double], chi2: Double) {
      (self.inside, self.outside, self.chi2) = (inside, outside, chi2)
    }

    /// Reads such a list; nil if it is none.
    package init?(numbers: [Double]) {
      guard numbers.count >= 2, let count = Int(exactly: numbers[1]), count >= 0, count <= numbers.count - 2
      else { return nil }
      chi2 = numbers[0]
      inside = Array(numbers[2..<2 + count])
      outside = Array(numbers[(2 + count)...])
    }
  }

  /// Fits one replica.
  public func replica(_ task: Int, level: Int, of strategy: Strategy) throws(NetworkError) -> Replica {
    let (fit, replica) = (task / replicas, task % replicas)
    var values = pseudoData(level: level, fit: fit)
    if level >= 2 {
      var stream = RandomStream(seed: key.seed(for: .replica), .replica, fit, replica)
      values = law.fluctuated(values, using: &stream)
    }
    // The number of a replica keys its weights; replica 0 of the experiment's own fit is another one.
    var key = key.onFold(fit)
    key.replica = replica + 1
    let fitted = try strategy.fit(law.dataset(values), on: Array(values.indices), key: key)
    let predicted = fitted.predict(law.dataset).elements
    return Replica(
      inside: predicted, outside: outside.map { fitted.predict($0.dataset).elements } ?? [],
      chi2: law.distance(predicted, values))
  }

  /// The result of all replicas of a level, in the order of their tasks.
  public func result(level: Int, _ all: [Replica]) -> ClosureResult {
    let groups = (0..<fitCount(level: level)).map { all[$0 * replicas..<($0 + 1) * replicas] }
    let inside = groups.enumerated().map { fit, group in
      ClosureFit(
        data: pseudoData(level: level, fit: fit), replicas: group.map(\.inside),
        replicaChi2: group.map(\.chi2))
    }
    let beyond = outside.map { law in
      ClosureResult.OutOfSample(
        law: law,
        fits: groups.enumerated().map { fit, group in
          ClosureFit(data: freshData(law, level: level, fit: fit), replicas: group.map(\.outside))
        })
    }
    return ClosureResult(level: level, law: law, fits: inside, outOfSample: beyond)
  }

  /// The fits of a level.
  public func run(level: Int, of strategy: Strategy, in pool: any WorkerPool) throws -> ClosureResult {
    result(
      level: level,
      try pool.map(taskCount(level: level)) { task in try replica(task, level: level, of: strategy) })
  }

  /// The data that all replicas of a fit share.
  ///
  /// The noise of fit n is the same at levels 1 and 2.
  private func pseudoData(level: Int, fit: Int) -> [Double] {
    guard level > 0 else { return law.values }
    var stream = RandomStream(seed: key.seed(for: .noise), .noise, fit)
    return truth.fluctuated(law.values, using: &stream)
  }

  /// Data at points that no fit sees, with noise of their own.
  private func freshData(_ outside: LawData, level: Int, fit: Int) -> [Double] {
    guard level > 0 else { return outside.values }
    var stream = RandomStream(seed: key.seed(for: .noise), .noise, fit, 1)
    return outside.fluctuated(outside.values, using: &stream)
  }
}
