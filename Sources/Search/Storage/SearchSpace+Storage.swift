import Components

extension SearchSpace {
  /// The space that trials of a study were taken from, in the order in which hyperparameters came up.
  ///
  /// It holds all values that the trials could have had. Which hyperparameters belong to which choices is not known, so
  /// none does. Throws if one was of two kinds.
  public init(of trials: [TrialRecord]) throws {
    var names: [String] = []
    var found: [String: StoredDistribution] = [:]
    var normal: [String: Distribution] = [:]
    for trial in trials {
      if case .object(let object) = trial.systemAttributes[TrialAttribute.normal] {
        for name in trial.parameters.map(\.name) {
          guard let numbers = object[name]?.numbers, numbers.count == 2 else { continue }
          normal[name] = .normal(mean: numbers[0], deviation: numbers[1])
        }
      }
      for parameter in trial.parameters {
        guard let known = found[parameter.name] else {
          names.append(parameter.name)
          found[parameter.name] = parameter.distribution
          continue
        }
        if known == parameter.distribution { continue }
        guard let union = known.union(parameter.distribution) else {
          throw StorageError.otherKind(
            parameter: parameter.name, kept: known.kind, wanted: parameter.distribution.kind)
        }
        found[parameter.name] = union
      }
    }
    self.init(
      names.compactMap { name in
        guard let stored = found[name] else { return nil }
        // The normal distribution is taken only if no trial went beyond it.
        let own = normal[name].flatMap { StoredDistribution($0) == stored ? $0 : nil }
        return Parameter(name: name, distribution: own ?? stored.distribution)
      })
  }
}

extension StoredDistribution {
  /// The least distribution that holds the values of two; nil if they are of different kinds.
  func union(_ other: StoredDistribution) -> StoredDistribution? {
    switch (self, other) {
    case (
      .real(let low, let high, let step, let isLog),
      .real(let otherLow, let otherHigh, let otherStep, let otherIsLog)
    ):
      let sharesSteps = step == otherStep && low == otherLow
      return .real(
        low: min(low, otherLow), high: max(high, otherHigh), step: sharesSteps ? step : nil,
        isLog: isLog && otherIsLog)
    case (
      .integer(let low, let high, let step, let isLog),
      .integer(let otherLow, let otherHigh, let otherStep, let otherIsLog)
    ):
      let sharesSteps = step == otherStep && low == otherLow
      return .integer(
        low: min(low, otherLow), high: max(high, otherHigh), step: sharesSteps ? step : 1,
        isLog: isLog && otherIsLog)
    case (.choice(let choices), .choice(let others)):
      return .choice(choices + others.filter { !choices.contains($0) })
    default: return nil
    }
  }
}
