/// Copies, sums, maxima and running sums along the axes of values.
///
/// `groups` is the number of lane groups of an element, or 0 for values that are no batch: one number an element.
public protocol ShapeKernels {
  static func copy(
    _ source: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>, _ layout: StridedLayout,
    groups: Int, isSpread: Bool)
  static func fill(_ result: UnsafeMutablePointer<Self>, count: Int, with value: Self)
  static func reduce(
    _ reduction: Reduction, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, axes: ReductionAxes,
    groups: Int)
  static func cumulativeSum(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, axes: ReductionAxes, isReversed: Bool,
    groups: Int)
  static func samplesAsRows(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, elements: Int, samples: Int, lanes: Int)
  static func rowsAsSamples(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, elements: Int, samples: Int, lanes: Int)
}

/// What the elements along axes are made into.
public enum Reduction: UInt8, Sendable, CaseIterable {
  /// Their sum, in order from +0.
  case sum
  /// Their maximum; NaN if one is.
  case maximum
}

/// A value as a block of three axes of which the middle one is gone through.
public struct ReductionAxes: Hashable, Sendable {
  /// The elements in front.
  public var outer: Int
  /// The elements that are gone through.
  public var count: Int
  /// The elements behind.
  public var inner: Int

  /// A block of three axes.
  public init(outer: Int, count: Int, inner: Int) {
    self.outer = outer
    self.count = count
    self.inner = inner
  }
}

extension ShapeKernels where Self: KernelScalar {
  /// Copies a block of elements; spread, each number of a source that is no batch is given to all samples.
  @inline(never)
  public static func copy(
    _ source: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>, _ layout: StridedLayout,
    groups: Int, isSpread: Bool
  ) {
    let (count, sourceStep, resultStep) = layout.run
    if groups == 0 {
      layout.forEachRun { from, to in
        var (from, to) = (from, to)
        for _ in 0..<count {
          result[to] = source[from]
          from &+= sourceStep
          to &+= resultStep
        }
      }
      return
    }
    let target = UnsafeMutableRawPointer(result).assumingMemoryBound(to: Lanes.self)
    if isSpread {
      layout.forEachRun { from, to in
        for index in 0..<count {
          let value = Lanes(repeating: source[from &+ index &* sourceStep])
          let row = target + (to &+ index &* resultStep) &* groups
          for group in 0..<groups { row[group] = value }
        }
      }
      return
    }
    let rows = UnsafeRawPointer(source).assumingMemoryBound(to: Lanes.self)
    layout.forEachRun { from, to in
      if sourceStep == 1, resultStep == 1 {
        (target + to &* groups).update(from: rows + from &* groups, count: count &* groups)
        return
      }
      for index in 0..<count {
        let row = rows + (from &+ index &* sourceStep) &* groups
        let place = target + (to &+ index &* resultStep) &* groups
        for group in 0..<groups { place[group] = row[group] }
      }
    }
  }

  /// Gives so many numbers one value.
  @inline(never)
  public static func fill(_ result: UnsafeMutablePointer<Self>, count: Int, with value: Self) {
    for index in 0..<count { result[index] = value }
  }

  /// The sums or maxima along the middle axis.
  @inline(never)
  public static func reduce(
    _ reduction: Reduction, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, axes: ReductionAxes,
    groups: Int
  ) {
    guard groups > 0 else {
      for outer in 0..<axes.outer {
        for inner in 0..<axes.inner {
          let source = x + (outer &* axes.count &* axes.inner &+ inner)
          var total: Self = reduction == .sum ? 0 : -.infinity
          for index in 0..<axes.count {
            let value = source[index &* axes.inner]
            switch reduction {
            case .sum: total += value
            case .maximum: total = value > total || value.isNaN ? value : total
            }
          }
          y[outer &* axes.inner &+ inner] = total
        }
      }
      return
    }
    let x = UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
    let y = UnsafeMutableRawPointer(y).assumingMemoryBound(to: Lanes.self)
    let width = axes.inner &* groups
    for outer in 0..<axes.outer {
      let source = x + outer &* axes.count &* width
      let target = y + outer &* width
      switch reduction {
      case .sum:
        for column in 0..<width {
          var total = Lanes.zero
          for index in 0..<axes.count { total += source[index &* width &+ column] }
          target[column] = total
        }
      case .maximum:
        for column in 0..<width {
          var top = Lanes(repeating: -.infinity)
          for index in 0..<axes.count { top = Lanes.maximum(source[index &* width &+ column], top) }
          target[column] = top
        }
      }
    }
  }

  /// The running sums along the middle axis, from its beginning or from its end.
  @inline(never)
  public static func cumulativeSum(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, axes: ReductionAxes, isReversed: Bool,
    groups: Int
  ) {
    let width = axes.inner &* max(groups &* laneCount, 1)
    for outer in 0..<axes.outer {
      let first = outer &* axes.count &* width
      for step in 0..<axes.count {
        let index = isReversed ? axes.count &- 1 &- step : step
        let before = isReversed ? index &+ 1 : index &- 1
        let (to, from) = (first &+ index &* width, first &+ before &* width)
        for column in 0..<width {
          y[to &+ column] = step == 0 ? x[to &+ column] : y[from &+ column] + x[to &+ column]
        }
      }
    }
  }

  /// Writes every sample of a batch as a row of a value that is no batch.
  @inline(never)
  public static func samplesAsRows(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, elements: Int, samples: Int, lanes: Int
  ) {
    for element in 0..<elements {
      for sample in 0..<samples { y[sample &* elements &+ element] = x[element &* lanes &+ sample] }
    }
  }

  /// Writes every row of a value that is no batch as a sample; +0 behind the last.
  @inline(never)
  public static func rowsAsSamples(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, elements: Int, samples: Int, lanes: Int
  ) {
    for element in 0..<elements {
      for sample in 0..<samples { y[element &* lanes &+ sample] = x[sample &* elements &+ element] }
      for sample in samples..<lanes { y[element &* lanes &+ sample] = 0 }
    }
  }
}
