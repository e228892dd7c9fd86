import Kernels
import Tensors

extension Variable {
  /// The same elements in another shape.
  public func reshaped(to shape: Shape) -> Variable {
    precondition(
      shape.count == self.shape.count, "\(self.shape) cannot become \(shape): the numbers of elements differ")
    guard shape != self.shape else { return self }
    let layout = StridedLayout(counts: [shape.count], sourceSteps: [1], resultSteps: [1])
    return append(.copy(layout, fill: nil), shape: shape, isBatched: isBatched)
  }

  /// The axes in another order: axis i of the result is axis `order[i]` of this value; reversed by default.
  public func transposed(_ order: [Int]? = nil) -> Variable {
    let order = order?.map(axisNumber) ?? Array((0..<shape.rank).reversed())
    precondition(order.sorted() == Array(0..<shape.rank), "\(order) is no order of \(shape.rank) axes")
    guard order != Array(0..<shape.rank) else { return self }
    let result = Shape(order.map { shape.dimensions[$0] })
    let layout = StridedLayout(
      counts: result.dimensions, sourceSteps: order.map { shape.steps[$0] }, resultSteps: result.steps)
    return append(.copy(layout, fill: nil), shape: result, isBatched: isBatched)
  }

  /// The elements of a range along an axis, every `step`-th of them.
  public func slice(axis: Int, _ range: Range<Int>, step: Int = 1) -> Variable {
    let axis = axisNumber(axis)
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape.dimensions[axis] && step > 0,
      "axis \(axis) of \(shape) has no range \(range)")
    guard range != 0..<shape.dimensions[axis] || step != 1 else { return self }
    var sizes = shape.dimensions
    sizes[axis] = (range.count + step - 1) / step
    var sourceSteps = shape.steps
    let start = range.lowerBound * sourceSteps[axis]
    sourceSteps[axis] *= step
    let result = Shape(sizes)
    let layout = StridedLayout(
      counts: sizes, sourceSteps: sourceSteps, resultSteps: result.steps, sourceStart: start)
    return append(.copy(layout, fill: nil), shape: result, isBatched: isBatched)
  }

  /// The element of a number along an axis, which the result no longer has.
  public func element(_ index: Int, axis: Int = 0) -> Variable {
    slice(axis: axis, index..<index + 1).removing(axes: [axis])
  }

  /// More elements of one value before, behind and between those of an axis.
  public func padded(
    axis: Int, before: Int = 0, behind: Int = 0, between: Int = 0, with value: Double = 0
  ) -> Variable {
    let axis = axisNumber(axis)
    guard before > 0 || behind > 0 || between > 0 else { return self }
    var sizes = shape.dimensions
    sizes[axis] = before + behind + sizes[axis] + Swift.max(sizes[axis] - 1, 0) * between
    let result = Shape(sizes)
    var resultSteps = result.steps
    let start = before * resultSteps[axis]
    resultSteps[axis] *= between + 1
    let layout = StridedLayout(
      counts: shape.dimensions, sourceSteps: shape.steps, resultSteps: resultSteps, resultStart: start)
    return append(.copy(layout, fill: value), shape: result, isBatched: isBatched)
  }

  /// The elements along an axis in the opposite order.
  public func reversed(axis: Int) -> Variable {
    let axis = axisNumber(axis)
    var sourceSteps = shape.steps
    let start = (shape.dimensions[axis] - 1) * sourceSteps[axis]
    sourceSteps[axis] *= -1
    let layout = StridedLayout(
      counts: shape.dimensions, sourceSteps: sourceSteps, resultSteps: shape.steps, sourceStart: start)
    return append(.copy(layout, fill: nil), shape: shape, isBatched: isBatched)
  }

  /// Values one behind the other along an axis that they already have.
  public static func concatenated(_ values: [Variable], axis: Int = -1) -> Variable {
    precondition(!values.isEmpty, "nothing to concatenate")
    let first = values[0]
    guard values.count > 1 else { return first }
    let axis = first.axisNumber(axis)
    var sizes = first.shape.dimensions
    sizes[axis] = values.reduce(0) { $0 + $1.shape.dimensions[axis] }
    for value in values {
      var same = value.shape.dimensions
      same[axis] = first.shape.dimensions[axis]
      precondition(
        same == first.shape.dimensions, "\(first.shape) and \(value.shape) differ in more than axis \(axis)")
    }
    let isBatched = values.contains(where: \.isBatched)
    let spread = values.map { $0.spread(over: $0.shape, isBatched: isBatched) }
    return spread[0].append(
      .concatenate(outer: sizes[..<axis].reduce(1, *)), Array(spread.dropFirst()), shape: Shape(sizes),
      isBatched: isBatched)
  }

  /// Values of one shape along a new axis.
  public static func stacked(_ values: [Variable], axis: Int = 0) -> Variable {
    concatenated(
      values.map { value in
        var sizes = value.shape.dimensions
        sizes.insert(1, at: axis)
        return value.reshaped(to: Shape(sizes))
      }, axis: axis)
  }

  /// The samples of a batch as the first axis of a value that is no batch; only batches of exactly `count` samples can
  /// be run with it.
  public func samplesAsRows(count: Int) -> Variable {
    append(.samplesAsRows, shape: Shape([count] + shape.dimensions), isBatched: false)
  }

  func rowsAsSamples() -> Variable {
    append(.rowsAsSamples, shape: Shape(Array(shape.dimensions.dropFirst())), isBatched: true)
  }
}
