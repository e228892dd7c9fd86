import Datasets
import Tensors

/// The folds of another splitter, drawn several times: each repeat has a stream of its own, the first that which the
/// splitter would have alone.
public struct RepeatedSplitter: Splitter {
  /// The most repeats.
  public static let most = 100

  /// What is repeated.
  public var base: any Splitter
  /// How often.
  public var repeats: Int

  /// A splitter, repeated.
  public init(_ base: any Splitter, repeats: Int) {
    self.base = base
    self.repeats = repeats
  }

  public var name: String { base.name }
  public var plannedCount: Int? { base.plannedCount.map { $0 * repeats } }
  public var holdsOutOnce: Bool { repeats == 1 && base.holdsOutOnce }
  public var keepsOrder: Bool { base.keepsOrder }
  public var swiftText: String { "RepeatedSplitter(\(base.swiftText), repeats: \(repeats))" }

  public func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold] {
    guard (1...Self.most).contains(repeats) else {
      throw .badCount(splitter: name, count: repeats, most: Self.most)
    }
    let key = stream.key
    let first = try base.folds(of: examples, in: data, using: &stream)
    var folds = first
    var differs = repeats < 2
    for number in stride(from: 1, to: repeats, by: 1) {
      var own = RandomStream(under: key, number)
      let next = try base.folds(of: examples, in: data, using: &own)
      differs = differs || next.map(\.held) != first.map(\.held)
      folds += next
    }
    guard differs else { throw .equalRepeats(count: repeats) }
    return folds
  }
}
