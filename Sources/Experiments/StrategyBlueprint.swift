import NeuralNetworks
import Search
import Validation

/// How strategies are made: the hyperparameters, and what their values give.
public struct StrategyBlueprint: Sendable {
  /// The hyperparameters.
  public let space: SearchSpace
  private let make: @Sendable (Assignment) throws -> Strategy

  /// A blueprint of one strategy for every assignment.
  public init(space: SearchSpace = SearchSpace([]), make: @escaping @Sendable (Assignment) throws -> Strategy)
  {
    self.space = space
    self.make = make
  }

  /// The strategy for an assignment, whatever validates it.
  func strategy(_ assignment: Assignment) throws -> Strategy { try make(assignment) }
}

extension SearchSpace {
  /// Assignments that together visit both ends of every interval and every choice.
  var extremes: [Assignment] {
    let most =
      parameters.map { parameter in
        if case .choice(let names) = parameter.distribution { return names.count }
        return 2
      }.max() ?? 1
    return (0..<most).map { turn in
      parameters.map { parameter in
        switch parameter.distribution {
        case .real(let low, let high, _): turn % 2 == 0 ? low : high
        case .integer(let low, let high, let step, _):
          Double(turn % 2 == 0 ? low : low + (high - low) / step * step)
        case .choice(let names): Double(turn % names.count)
        }
      }
    }
  }
}
