import Components
import Datasets
import Tensors

/// Summarizes the fits of a level at one set of points.
struct ClosureSummary {
  private let level: Int
  private let ensemble: ClosureEnsemble
  private let quantities: [ClosureQuantity]

  /// `isSeen` tells whether the fits saw the points.
  init(level: Int, law: LawData, fits: [ClosureFit], isSeen: Bool) {
    self.level = level
    ensemble = ClosureEnsemble(law: law, fits: fits)
    quantities = ClosureQuantity.all.filter {
      $0.isDefined(level: level, fits: fits.count, isCorrelated: law.covariance != nil, isSeen: isSeen)
    }
  }

  /// How often fits and replicas are drawn anew for the errors.
  private static var draws: Int { 200 }

  /// Every number with the standard deviation of so many draws of the fits and of the replicas of each.
  func estimates(
    seed: UInt64, in pool: any WorkerPool
  ) throws -> [(name: String, estimate: ClosureResult.Estimate)] {
    let found = values(of: ensemble.everything)
    var errors = [Double](repeating: .nan, count: quantities.count)
    if ensemble.fitCount > 1, level > 0 {
      let draws = try pool.map(Self.draws) { draw in
        var stream = RandomStream(seed: seed, .replica, level, -1, draw)
        return values(of: ensemble.drawn(using: &stream))
      }
      errors = quantities.indices.map { index in
        quantities[index].isMeasured ? Statistics.standardDeviation(draws.map { $0[index] }) : .nan
      }
    }
    var result = zip(quantities, zip(found, errors)).map { quantity, pair in
      (name: quantity.name, estimate: ClosureResult.Estimate(value: pair.0, error: pair.1))
    }
    if let normalized = normalizedBias(seed: seed) {
      for index in result.indices {
        switch result[index].name {
        case ClosureQuantity.normalizedBias.name: result[index].estimate = normalized.bias
        case ClosureQuantity.normalizedDirections.name:
          result[index].estimate = .init(value: Double(normalized.directions), error: .nan)
        default: break
        }
      }
    }
    return result
  }

  /// Every number without its error, by name.
  func values() -> [String: Double] {
    var result: [String: Double] = [:]
    for (quantity, value) in zip(quantities, values(of: ensemble.everything)) {
      result[quantity.name] = value
    }
    if quantities.contains(where: { $0.name == ClosureQuantity.normalizedBias.name }) {
      let (biases, directions) = ensemble.normalizedBiases()
      result[ClosureQuantity.normalizedBias.name] = Statistics.mean(biases).squareRoot()
      result[ClosureQuantity.normalizedDirections.name] = Double(directions)
    }
    return result
  }

  private func values(of selection: ClosureEnsemble.Selection) -> [Double] {
    let estimators = ensemble.estimators(selection)
    return quantities.map { $0.value(estimators, ensemble.replicaCount) }
  }

  /// The normalized bias; its directions stay those of all fits while its error is drawn.
  private func normalizedBias(
    seed: UInt64
  ) -> (bias: ClosureResult.Estimate, directions: Int)? {
    guard quantities.contains(where: { $0.name == ClosureQuantity.normalizedBias.name }) else { return nil }
    let (values, directions) = ensemble.normalizedBiases()
    var error = Double.nan
    if values.count > 1 {
      var stream = RandomStream(seed: seed, .replica, level, -2)
      let draws = (0..<Self.draws).map { _ in
        Statistics.mean(values.map { _ in values[stream.integer(below: values.count)] }).squareRoot()
      }
      error = Statistics.standardDeviation(draws)
    }
    return (.init(value: Statistics.mean(values).squareRoot(), error: error), directions)
  }
}
