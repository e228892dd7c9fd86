/// One division of the examples: those that a model learns from, and those that are held out and scored.
///
/// Examples that are in neither are left unused.
public struct Fold: Sendable {
  /// The training side: everything but the held-out examples, or a choice of its own.
  private enum Learned: Sendable {
    case rest(of: [Int])
    case own([Int])
  }

  private let learned: Learned
  /// The held-out examples, in rising order.
  public let held: [Int]
  /// How much the fold counts in the mean over folds.
  public let weight: Double
  /// What the author calls it; nil for a number.
  public let name: String?

  /// A fold with a training side of its own.
  public init(training: [Int], held: [Int], weight: Double = 1, name: String? = nil) {
    learned = .own(training)
    self.held = held
    self.weight = weight
    self.name = name
  }

  /// A fold that learns from all examples that it does not hold out.
  public init(held: [Int], of examples: [Int], weight: Double = 1, name: String? = nil) {
    learned = .rest(of: examples)
    self.held = held
    self.weight = weight
    self.name = name
  }

  /// The examples to learn from, in the order of all examples.
  public var training: [Int] {
    switch learned {
    case .own(let training): return training
    case .rest(let examples):
      let held = Set(held)
      return examples.filter { !held.contains($0) }
    }
  }

  /// How many examples there are to learn from.
  public var trainingCount: Int {
    switch learned {
    case .own(let training): training.count
    case .rest(let examples): examples.count - held.count
    }
  }

  /// How many examples are scored for each that is learned from.
  public var testedShare: Double { Double(held.count) / Double(max(trainingCount, 1)) }
}

extension Fold: Hashable {
  public static func == (first: Fold, second: Fold) -> Bool {
    first.held == second.held && first.weight == second.weight && first.name == second.name
      && first.training == second.training
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(held) }
}
