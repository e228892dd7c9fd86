import Components
import Tensors

/// How often an experiment is repeated with other random numbers.
public struct SeedsPlan: Sendable, Hashable {
  /// How often.
  public var count: Int
  /// What differs between repetitions.
  public var varied: SeedRepetition.Sources

  /// Repetitions.
  public init(_ count: Int, varying varied: SeedRepetition.Sources = .training) {
    self.count = count
    self.varied = varied
  }
}

/// The key `seeds`: a number of repetitions, or a map that also tells what differs between them.
enum SeedsSection {
  /// What repetitions may vary.
  enum Source: String, NamedChoice {
    case weights, shuffling, dropout, data, split, folds, search, all

    var sources: SeedRepetition.Sources {
      switch self {
      case .weights: .weights
      case .shuffling: .shuffling
      case .dropout: .dropout
      case .data: .data
      case .split: .split
      case .folds: .folds
      case .search: .search
      case .all: .all
      }
    }
  }

  static let count = Parameter<Int>(
    "count", "between 2 and 1000", help: "How often the experiment is repeated."
  ) {
    (2...1000).contains($0)
  }
  static let vary = Parameter<[Source]>(
    "vary", default: [.weights, .shuffling, .dropout], "at least one of them",
    help: "What differs between repetitions: what is drawn for the training, or all, or any of these."
  ) { !$0.isEmpty }

  static let component = Component<SeedsPlan>(
    "seeds", help: "How often the experiment is repeated with other random numbers.",
    swift: "SeedsPlan(_ count, varying vary)",
    parameters: [count, vary]
  ) { SeedsPlan($0[count], varying: SeedRepetition.Sources($0[vary].map(\.sources))) }

  /// Reads the key; a number stands for the count.
  static func plan(_ node: RecipeNode) throws -> SeedsPlan {
    if case .map = node.kind { return try component.decode(map: node) }
    return SeedsPlan(
      try Parameter<Int>("seeds", "between 2 and 1000", help: "") { (2...1000).contains($0) }.value(of: node))
  }
}
