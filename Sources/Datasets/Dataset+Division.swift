import Tensors

extension Dataset {
  /// A share of the given examples that is kept aside, and the others, both in rising order.
  ///
  /// Windows of a series are divided in time: the last share of their values is kept, and windows that lie on both sides
  /// of the cut belong to no part. Other examples are drawn as `Split.keep` says.
  public func division(
    of indices: [Int], keeping fraction: Double, isStratified: Bool, isShuffled: Bool,
    using stream: inout RandomStream
  ) -> (kept: [Int], rest: [Int]) {
    guard let series else {
      return Split.keep(
        fraction, of: indices, classes: isStratified ? classes : nil, isShuffled: isShuffled, using: &stream)
    }
    let length = series.window + series.horizon
    let starts = indices.map { series.starts[$0] }
    guard let first = starts.min(), let last = starts.max() else { return ([], []) }
    let count = last + length - first
    let cut = last + length - Int((fraction * Double(count) + 0.5).rounded(.down))
    return (
      indices.filter { series.starts[$0] >= cut }, indices.filter { series.starts[$0] + length <= cut }
    )
  }
}
