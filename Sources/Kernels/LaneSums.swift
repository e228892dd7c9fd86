// The fixed tree over lanes: low half plus high half, until one lane is left. Adding the trees of sixteen vectors at
// once needs a quarter of the additions; every sum keeps its own order.

extension SIMD16<Float> {
  @inline(__always)
  public static func treeSum(_ vector: Self) -> Float {
    let eight = vector.lowHalf + vector.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  /// The halves of two vectors added: eight sums of the first, then eight of the second.
  @inline(__always)
  private static func foldHalves(_ a: Self, _ b: Self) -> Self {
    Self(lowHalf: a.lowHalf, highHalf: b.lowHalf) + Self(lowHalf: a.highHalf, highHalf: b.highHalf)
  }

  /// Quarters of each half folded: `a` and `b` hold two sums of eight lanes each.
  @inline(__always)
  private static func foldQuarters(_ a: Self, _ b: Self) -> Self {
    let low = Self(
      lowHalf: SIMD8(lowHalf: a.lowHalf.lowHalf, highHalf: a.highHalf.lowHalf),
      highHalf: SIMD8(lowHalf: b.lowHalf.lowHalf, highHalf: b.highHalf.lowHalf))
    let high = Self(
      lowHalf: SIMD8(lowHalf: a.lowHalf.highHalf, highHalf: a.highHalf.highHalf),
      highHalf: SIMD8(lowHalf: b.lowHalf.highHalf, highHalf: b.highHalf.highHalf))
    return low + high
  }

  /// Pairs of each quarter folded: `a` and `b` hold four sums of four lanes each.
  @inline(__always)
  private static func foldPairs(_ a: Self, _ b: Self) -> Self {
    @inline(__always) func pairs(_ half: SIMD8<Float>, _ second: Bool) -> SIMD4<Float> {
      second
        ? SIMD4(lowHalf: half.lowHalf.highHalf, highHalf: half.highHalf.highHalf)
        : SIMD4(lowHalf: half.lowHalf.lowHalf, highHalf: half.highHalf.lowHalf)
    }
    let low = Self(
      lowHalf: SIMD8(lowHalf: pairs(a.lowHalf, false), highHalf: pairs(a.highHalf, false)),
      highHalf: SIMD8(lowHalf: pairs(b.lowHalf, false), highHalf: pairs(b.highHalf, false)))
    let high = Self(
      lowHalf: SIMD8(lowHalf: pairs(a.lowHalf, true), highHalf: pairs(a.highHalf, true)),
      highHalf: SIMD8(lowHalf: pairs(b.lowHalf, true), highHalf: pairs(b.highHalf, true)))
    return low + high
  }

  @inline(__always)
  public static func transposedSums(_ v: UnsafePointer<Self>) -> Self {
    let a = foldQuarters(foldHalves(v[0], v[1]), foldHalves(v[2], v[3]))
    let b = foldQuarters(foldHalves(v[4], v[5]), foldHalves(v[6], v[7]))
    let c = foldQuarters(foldHalves(v[8], v[9]), foldHalves(v[10], v[11]))
    let d = foldQuarters(foldHalves(v[12], v[13]), foldHalves(v[14], v[15]))
    let first = foldPairs(a, b)
    let second = foldPairs(c, d)
    return Self(lowHalf: first.evenHalf, highHalf: second.evenHalf)
      + Self(lowHalf: first.oddHalf, highHalf: second.oddHalf)
  }
}

extension SIMD8<Double> {
  @inline(__always)
  public static func treeSum(_ vector: Self) -> Double {
    let four = vector.lowHalf + vector.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  @inline(__always)
  private static func foldHalves(_ a: Self, _ b: Self) -> Self {
    Self(lowHalf: a.lowHalf, highHalf: b.lowHalf) + Self(lowHalf: a.highHalf, highHalf: b.highHalf)
  }

  @inline(__always)
  private static func foldQuarters(_ a: Self, _ b: Self) -> Self {
    let low = Self(
      lowHalf: SIMD4(lowHalf: a.lowHalf.lowHalf, highHalf: a.highHalf.lowHalf),
      highHalf: SIMD4(lowHalf: b.lowHalf.lowHalf, highHalf: b.highHalf.lowHalf))
    let high = Self(
      lowHalf: SIMD4(lowHalf: a.lowHalf.highHalf, highHalf: a.highHalf.highHalf),
      highHalf: SIMD4(lowHalf: b.lowHalf.highHalf, highHalf: b.highHalf.highHalf))
    return low + high
  }

  @inline(__always)
  public static func transposedSums(_ v: UnsafePointer<Self>) -> Self {
    let a = foldQuarters(foldHalves(v[0], v[1]), foldHalves(v[2], v[3]))
    let b = foldQuarters(foldHalves(v[4], v[5]), foldHalves(v[6], v[7]))
    return Self(lowHalf: a.evenHalf, highHalf: b.evenHalf) + Self(lowHalf: a.oddHalf, highHalf: b.oddHalf)
  }
}
