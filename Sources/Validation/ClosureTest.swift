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
  /// The law, its points and their errors.
  public let law: LawData
  /// The strategy under test.
  public let strategy: Strategy
  /// How many replicas make a fit.
  public let replicas: Int
  /// How many independent fits, each with its own level-1 noise.
  public let fits: Int
  /// The key of all noise and of all fits.
  public let key: FitKey

  /// A closure test.
  public init(law: LawData, strategy: Strategy, replicas: Int, fits: Int, key: FitKey) {
    self.law = law
    self.strategy = strategy
    self.replicas = replicas
    self.fits = fits
    self.key = key
  }

  /// The fits of a level.
  ///
  /// Level 0 has no noise that could differ, so that one fit tells everything.
  public func run(level: Int, in pool: any WorkerPool) throws -> ClosureResult {
    let fitCount = level == 0 ? 1 : fits
    let data = (0..<fitCount).map { pseudoData(level: level, fit: $0) }
    let count = law.points.count
    let predictions = try pool.map(fitCount * replicas) { [self] task -> [Double] in
      let (fit, replica) = (task / replicas, task % replicas)
      var values = data[fit]
      if level >= 2 {
        var stream = RandomStream(seed: key.seed(for: .replica), .replica, fit, replica)
        values = law.fluctuated(values, using: &stream)
      }
      // The number of a replica keys its weights; replica 0 of the experiment's own fit is another one.
      var key = key.onFold(fit)
      key.replica = replica + 1
      return try strategy.fit(law.dataset(values), on: Array(0..<count), key: key)
        .predict(law.dataset).elements
    }
    return ClosureResult(
      level: level, law: law,
      fits: (0..<fitCount).map { fit in
        ClosureFit(data: data[fit], replicas: Array(predictions[fit * replicas..<(fit + 1) * replicas]))
      })
  }

  /// The data that all replicas of a fit share.
  ///
  /// The noise of fit n is the same at levels 1 and 2.
  private func pseudoData(level: Int, fit: Int) -> [Double] {
    guard level > 0 else { return law.values }
    var stream = RandomStream(seed: key.seed(for: .noise), .noise, fit)
    return law.fluctuated(law.values, using: &stream)
  }
}

/// One fit of a closure test: the data and what each replica made of them, a value a point.
public struct ClosureFit: Sendable, Hashable {
  /// The data without the replicas' own noise.
  public let data: [Double]
  /// The prediction of each replica.
  public let replicas: [[Double]]

  /// A fit with the predictions of its replicas.
  package init(data: [Double], replicas: [[Double]]) {
    self.data = data
    self.replicas = replicas
  }

  /// The mean over the replicas at each point.
  public var mean: [Double] {
    data.indices.map { point in Statistics.mean(replicas.map { $0[point] }) }
  }

  /// The standard deviation of the replicas at each point, with their number in the denominator.
  public var deviation: [Double] {
    data.indices.map { point in
      Statistics.standardDeviation(replicas.map { $0[point] }, correction: 0)
    }
  }
}
