import Datasets
import Tensors

/// The examples to learn from and those to score, of one repetition of a curve.
public struct CurveSplit: Sendable, Hashable {
  /// The examples to learn from, in the order in which subsets take them.
  public var training: [Int]
  /// The examples that are scored.
  public var held: [Int]

  /// A division.
  public init(training: [Int], held: [Int]) {
    self.training = training
    self.held = held
  }

  /// So many divisions that keep a fifth aside, each drawn anew; a series keeps its last fifth every time.
  public static func repeated(
    _ count: Int, of indices: [Int], in data: Dataset, isStratified: Bool, seed: UInt64
  ) -> [CurveSplit] {
    (0..<count).map { number in
      var stream = RandomStream(seed: seed, .folds, -1, number)
      let (held, rest) = data.division(
        of: indices, keeping: 0.2, isStratified: isStratified, isShuffled: true, using: &stream)
      return CurveSplit(training: rest, held: held).shuffled(in: data, using: &stream)
    }
  }

  /// The divisions of folds.
  public static func of(_ folds: [Fold], in data: Dataset, seed: UInt64) -> [CurveSplit] {
    folds.enumerated().map { number, fold in
      var stream = RandomStream(seed: seed, .folds, -1, number)
      return CurveSplit(training: fold.training, held: fold.held).shuffled(in: data, using: &stream)
    }
  }

  /// The same division with its training side in another order; a series keeps its latest examples in every subset.
  func shuffled(in data: Dataset, using stream: inout RandomStream) -> CurveSplit {
    var result = self
    if data.series == nil { stream.shuffle(&result.training) } else { result.training.reverse() }
    return result
  }
}
