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
  /// Assignments that together visit both ends of every interval and every choice, those within a choice included.
  var extremes: [Assignment] {
    let most = parameters.indices.map { period(of: $0) * count(of: $0) }.max() ?? 1
    return (0..<most).map { turn in
      parameters.indices.map { index in
        let end = turn / period(of: index)
        switch parameters[index].distribution {
        case .real(let low, let high, _, _): return end % 2 == 0 ? low : high
        case .normal(let mean, let deviation): return mean + (end % 2 == 0 ? -4 : 4) * deviation
        case .integer(let low, let high, let step, _):
          return Double(end % 2 == 0 ? low : low + (high - low) / step * step)
        case .choice(let names): return Double(end % names.count)
        }
      }
    }
  }

  /// How many values of a hyperparameter are visited.
  private func count(of index: Int) -> Int {
    if case .choice(let names) = parameters[index].distribution { return names.count }
    return 2
  }

  /// For how many turns a value stays: within a choice until all choices have been visited once.
  private func period(of index: Int) -> Int {
    guard let condition = parameters[index].condition else { return 1 }
    return period(of: condition.parameter) * count(of: condition.parameter)
  }
}
