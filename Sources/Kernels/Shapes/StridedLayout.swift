/// How the elements of one value are taken from another: a block of up to six axes with a step for each in either.
///
/// Transposing, slicing, padding, reversing and spreading a value over new axes are all copies of such a block.
public struct StridedLayout: Hashable, Sendable {
  /// The sizes along the axes, the last one fastest; unused axes have size one.
  public private(set) var counts: SIMD8<Int32>
  /// How far neighbors along each axis lie apart in the source.
  public private(set) var sourceSteps: SIMD8<Int32>
  /// How far neighbors along each axis lie apart in the result.
  public private(set) var resultSteps: SIMD8<Int32>
  /// The first element in the source.
  public var sourceStart: Int
  /// The first element in the result.
  public var resultStart: Int

  /// The most axes of a block.
  public static var maximumRank: Int { 8 }

  /// A block; axes of size one are left out and neighbors that lie evenly are joined.
  public init(
    counts: [Int], sourceSteps: [Int], resultSteps: [Int], sourceStart: Int = 0, resultStart: Int = 0
  ) {
    var axes: [(count: Int, source: Int, result: Int)] = []
    for axis in counts.indices where counts[axis] != 1 {
      let (count, source, result) = (counts[axis], sourceSteps[axis], resultSteps[axis])
      if let last = axes.last, last.source == source * count, last.result == result * count {
        axes[axes.count - 1] = (last.count * count, source, result)
      } else {
        axes.append((count, source, result))
      }
    }
    precondition(axes.count <= Self.maximumRank, "a block has at most \(Self.maximumRank) axes")
    let first = Self.maximumRank - axes.count
    self.counts = SIMD8(repeating: 1)
    self.sourceSteps = .zero
    self.resultSteps = .zero
    for (index, axis) in axes.enumerated() {
      self.counts[first + index] = Int32(axis.count)
      self.sourceSteps[first + index] = Int32(axis.source)
      self.resultSteps[first + index] = Int32(axis.result)
    }
    self.sourceStart = sourceStart
    self.resultStart = resultStart
  }

  /// Calls a body with the first element of every run along the last axis, in the order of the axes.
  @inline(__always)
  func forEachRun(_ body: (_ source: Int, _ result: Int) -> Void) {
    var index = SIMD8<Int32>.zero
    var source = sourceStart
    var result = resultStart
    let axes = Self.maximumRank - 1
    for axis in 0..<axes where counts[axis] == 0 { return }
    while true {
      body(source, result)
      var axis = axes - 1
      while axis >= 0 {
        index[axis] &+= 1
        source &+= Int(sourceSteps[axis])
        result &+= Int(resultSteps[axis])
        if index[axis] < counts[axis] { break }
        source &-= Int(sourceSteps[axis]) &* Int(counts[axis])
        result &-= Int(resultSteps[axis]) &* Int(counts[axis])
        index[axis] = 0
        axis &-= 1
      }
      if axis < 0 { return }
    }
  }

  /// The size along the last axis, and the steps there.
  @inline(__always)
  var run: (count: Int, source: Int, result: Int) {
    let last = Self.maximumRank - 1
    return (Int(counts[last]), Int(sourceSteps[last]), Int(resultSteps[last]))
  }
}

extension StridedLayout {
  /// The number of elements that are copied.
  public var count: Int { (0..<Self.maximumRank).reduce(1) { $0 * Int(counts[$1]) } }

  /// The first element in the source if all elements lie there one behind the other as in the result, whose beginning
  /// they fill; nil otherwise.
  public var contiguousStart: Int? {
    let (_, source, result) = run
    let isOneRun = (0..<Self.maximumRank - 1).allSatisfy { counts[$0] == 1 }
    let isDense = count == 1 || (source == 1 && result == 1)
    return isOneRun && isDense && resultStart == 0 ? sourceStart : nil
  }

  /// The copy back, from the result to the source.
  public var transposed: StridedLayout {
    var layout = self
    (layout.sourceSteps, layout.resultSteps) = (resultSteps, sourceSteps)
    (layout.sourceStart, layout.resultStart) = (resultStart, sourceStart)
    return layout
  }
}
