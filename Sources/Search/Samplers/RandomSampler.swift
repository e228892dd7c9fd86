import Components
import Tensors

/// Draws every hyperparameter from its own distribution (Bergstra and Bengio 2012).
public struct RandomSampler: Sampler {
  /// Random search.
  public init() {}

  static let component = Component<any Sampler>(
    "random", help: "Independent draws from every hyperparameter's distribution.", swift: "RandomSampler()"
  ) { _ in RandomSampler() }

  public func proposer(for problem: SearchProblem) -> any Proposer { RandomProposer(space: problem.space) }
}

/// Independent draws.
struct RandomProposer: Proposer {
  let space: SearchSpace

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    .trial(space.draw(using: &stream))
  }
}

extension SearchSpace {
  /// Draws every hyperparameter from its own distribution.
  public func draw(using stream: inout RandomStream) -> Assignment {
    normalized(drawAll(using: &stream))
  }

  /// A value for every hyperparameter, even for those of choices that are not made.
  func drawAll(using stream: inout RandomStream) -> Assignment {
    parameters.map { $0.distribution.draw(using: &stream) }
  }
}
