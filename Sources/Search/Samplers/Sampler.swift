import Components
import Tensors

/// Decides what to try next: a pure function of what is known, so that a search is the same on any number of cores.
public protocol Sampler: Sendable {
  /// Proposes values for every hyperparameter. `finished` are the trials whose values may be known, in the order of
  /// their numbers; `running` those that have been proposed since.
  func propose(
    in space: SearchSpace, direction: Direction, finished: [Trial], running: [Assignment],
    using stream: inout RandomStream
  ) -> Assignment
}

/// All samplers: what `sampler:` can name.
public enum Samplers {
  /// The samplers by name.
  public static let catalog = Catalog<any Sampler>(
    "sampler", [TPESampler.component, RandomSampler.component])
}
