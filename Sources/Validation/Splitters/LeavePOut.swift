import Datasets
import Tensors

/// Every choice of p of the n examples is held out once, `n! / (p! (n − p)!)` folds in the order of their numbers; or
/// different choices that are drawn.
public struct LeavePOut: Splitter, Hashable {
  /// The most choices, all of them or drawn.
  public static let most = 1000

  /// How many examples are held out at a time.
  public var count: Int
  /// How many choices are drawn; nil for all of them.
  public var samples: Int?

  /// Choices of `count` examples.
  public init(_ count: Int, samples: Int? = nil) {
    self.count = count
    self.samples = samples
  }

  public var name: String { "leave-p-out" }
  public var plannedCount: Int? { samples }
  public var holdsOutOnce: Bool { count == 1 || samples == 1 }
  public var swiftText: String { "LeavePOut(\(count)\(samples.map { ", samples: \($0)" } ?? ""))" }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    guard count >= 1, examples.count > count else {
      throw .tooFewExamples(splitter: name, needed: count + 1, found: examples.count)
    }
    let splits = Subsets.count(of: examples.count, size: count)
    let choices: [[Int]]
    if let samples {
      guard (1...Self.most).contains(samples) else {
        throw .badCount(splitter: name, count: samples, most: Self.most)
      }
      if let splits, samples > splits { throw .tooManySamples(samples: samples, splits: splits) }
      choices =
        samples == splits
        ? Subsets.all(of: examples.count, size: count)
        : Subsets.drawn(samples, of: examples.count, size: count, using: &stream)
    } else {
      guard let splits, splits <= Self.most else {
        throw .tooManySplits(splitter: name, count: splits, most: Self.most)
      }
      choices = Subsets.all(of: examples.count, size: count)
    }
    return choices.map { choice in Fold(held: choice.map { examples[$0] }, of: examples) }
  }
}
