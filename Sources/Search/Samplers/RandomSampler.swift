import Components
import Tensors

/// Draws every hyperparameter from its own distribution (Bergstra and Bengio 2012).
public struct RandomSampler: Sampler {
  /// Random search.
  public init() {}

  static let component = Component<any Sampler>(
    "random", help: "Independent draws from every hyperparameter's distribution.", swift: "RandomSampler()"
  ) { _ in RandomSampler() }

  public func propose(
    in space: SearchSpace, direction: Direction, finished: [Trial], running: [Assignment],
    using stream: inout RandomStream
  ) -> Assignment {
    space.parameters.map { $0.distribution.draw(using: &stream) }
  }
}
