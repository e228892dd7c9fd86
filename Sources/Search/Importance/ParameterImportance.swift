import Components
import Tensors

/// Tells how much each hyperparameter mattered in a search.
public protocol ParameterImportance: Sendable {
  /// The importance of every hyperparameter, in sum one; all zero if the trials say nothing.
  ///
  /// Only trials that were evaluated to the end count; a loss that is not finite does not.
  func importances(of sample: ImportanceSample, using stream: inout RandomStream) -> [Double]
}

extension ParameterImportance {
  /// The importance of every hyperparameter for an objective of the trials of a search.
  public func importances(
    of trials: [Trial], in space: SearchSpace, direction: Direction, objective: Int = 0, seed: UInt64 = 0
  ) -> [Double] {
    var stream = RandomStream(seed: seed, .sampler, -1)
    return importances(
      of: ImportanceSample(trials, in: space, direction: direction, objective: objective), using: &stream)
  }
}

/// What importances are told from: the places of trials in the unit cube and their losses.
public struct ImportanceSample: Sendable {
  /// What was searched.
  public let space: SearchSpace
  /// For every trial the place of each hyperparameter between 0 and 1, on the scale on which it was drawn evenly, so that
  /// volumes are those of the search; the middle where it did not count.
  public let places: [[Double]]
  /// The losses, small being good.
  public let losses: [Double]

  /// The trials that were evaluated to the end.
  public init(_ trials: [Trial], in space: SearchSpace, direction: Direction, objective: Int = 0) {
    self.space = space
    let kept = trials.filter {
      $0.state == .completed && objective < $0.values.count && $0.values[objective].isFinite
    }
    places = kept.map { trial in
      zip(space.parameters, trial.assignment).map { $1.isNaN ? 0.5 : $0.distribution.unit(of: $1) }
    }
    let sign = direction == .maximize ? -1.0 : 1
    losses = kept.map { sign * $0.values[objective] }
  }

  /// How many choices a hyperparameter has; nil for a number.
  func choiceCount(_ parameter: Int) -> Int? {
    if case .choice(let names) = space.parameters[parameter].distribution { names.count } else { nil }
  }
}

extension [Double] {
  /// In sum one; all zero if the sum is.
  func normalizedImportances() -> [Double] {
    let kept = map { $0.isFinite ? Swift.max($0, 0) : 0 }
    let total = kept.reduce(0, +)
    return total > 0 ? kept.map { $0 / total } : kept
  }
}

/// All ways to tell importances: what `importance:` can name.
public enum ParameterImportances {
  /// The ways by name.
  public static let catalog: Catalog<any ParameterImportance> = Catalog(
    "importance", [FANOVAImportance.component, PEDANOVAImportance.component, PermutationImportance.component])
}
