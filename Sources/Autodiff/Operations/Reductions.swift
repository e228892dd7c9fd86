import Kernels
import Tensors

extension Variable {
  /// The sum over all samples.
  public func summedOverSamples() -> Variable { append(.sumSamples, shape: shape, isBatched: false) }

  /// The sum over samples of several values of one shape.
  static func sampleSum(_ values: [Variable]) -> Variable {
    values[0].append(.sumSamples, Array(values.dropFirst()), shape: values[0].shape, isBatched: false)
  }

  /// The sum over all elements.
  public func summedOverElements() -> Variable { sum(axes: Array(0..<shape.rank)) }

  /// The sums along axes, which the result no longer has unless they are kept with size one.
  public func sum(axes: [Int], keepsAxes: Bool = false) -> Variable {
    reduced(.sum, axes: axes, keepsAxes: keepsAxes)
  }

  /// The sum along an axis; −1 is the last one.
  public func sum(axis: Int, keepsAxis: Bool = false) -> Variable { sum(axes: [axis], keepsAxes: keepsAxis) }

  /// The largest elements along axes; where several are equal, the derivative goes to them in equal parts.
  public func max(axes: [Int], keepsAxes: Bool = false) -> Variable {
    reduced(.maximum, axes: axes, keepsAxes: keepsAxes)
  }

  /// The means along axes.
  public func mean(axes: [Int], keepsAxes: Bool = false) -> Variable {
    let count = axes.reduce(1) { $0 * shape.dimensions[axisNumber($1)] }
    return sum(axes: axes, keepsAxes: keepsAxes) * (1 / Double(count))
  }

  /// The mean of all elements.
  public func mean() -> Variable { mean(axes: Array(0..<shape.rank)) }

  /// `log Σ eˣ` along axes, without overflow.
  public func logSumExp(axes: [Int], keepsAxes: Bool = false) -> Variable {
    let top = max(axes: axes, keepsAxes: true).withoutDerivative()
    let sums = (self - top).map(.exponential).sum(axes: axes, keepsAxes: true).map(.logarithm) + top
    return keepsAxes ? sums : sums.removing(axes: axes)
  }

  /// The softmax along the last axis, or another.
  public func softmax(axis: Int = -1) -> Variable {
    let axis = axisNumber(axis)
    guard isBatched, axis == shape.rank - 1 else {
      let exponentials = (self - max(axes: [axis], keepsAxes: true).withoutDerivative()).map(.exponential)
      return exponentials / exponentials.sum(axes: [axis], keepsAxes: true)
    }
    return append(.softmax, shape: shape, isBatched: true)
  }

  /// The logarithm of the softmax along an axis.
  public func logSoftmax(axis: Int = -1) -> Variable { self - logSumExp(axes: [axis], keepsAxes: true) }

  /// The cross-entropy of the softmax of `self` against target probabilities, along the last axis.
  public func softmaxCrossEntropy(_ targets: Variable) -> Variable {
    append(
      .softmaxCrossEntropy, [targets], shape: Shape(Array(shape.dimensions.dropLast())), isBatched: true)
  }

  /// The running sums along an axis, from its beginning or its end.
  public func cumulativeSum(axis: Int = -1, isReversed: Bool = false) -> Variable {
    let axes = reductionAxes(from: axisNumber(axis), count: 1)
    return append(.cumulativeSum(axes, isReversed: isReversed), shape: shape, isBatched: isBatched)
  }

  /// An axis counted from the first one.
  func axisNumber(_ axis: Int) -> Int {
    precondition(
      axis >= -shape.rank && axis < shape.rank, "a value of shape \(shape) has no axis \(axis)")
    return axis < 0 ? axis + shape.rank : axis
  }

  private func reductionAxes(from first: Int, count: Int) -> ReductionAxes {
    let sizes = shape.dimensions
    return ReductionAxes(
      outer: sizes[..<first].reduce(1, *), count: sizes[first..<first + count].reduce(1, *),
      inner: sizes[(first + count)...].reduce(1, *))
  }

  private func reduced(_ reduction: Reduction, axes: [Int], keepsAxes: Bool) -> Variable {
    let axes = Set(axes.map(axisNumber)).sorted()
    guard let first = axes.first, let last = axes.last else { return self }
    let sizes = shape.dimensions
    let kept = sizes.indices.filter { !axes.contains($0) }
    let result = Shape(kept.map { sizes[$0] })
    let reduced: Variable
    if last - first + 1 == axes.count {
      let block = reductionAxes(from: first, count: axes.count)
      reduced =
        block.count == 1
        ? reshaped(to: result) : append(.reduce(reduction, block), shape: result, isBatched: isBatched)
    } else {
      // Axes that do not lie together are brought to the end first.
      reduced = transposed(kept + axes).reduced(
        reduction, axes: Array(kept.count..<shape.rank), keepsAxes: false)
    }
    guard keepsAxes else { return reduced }
    return reduced.reshaped(to: Shape(sizes.indices.map { axes.contains($0) ? 1 : sizes[$0] }))
  }

  /// Without axes of size one.
  func removing(axes: [Int]) -> Variable {
    let axes = axes.map(axisNumber)
    return reshaped(
      to: Shape(shape.dimensions.indices.filter { !axes.contains($0) }.map { shape.dimensions[$0] }))
  }
}
