internal import CVectors

// Vectors of sixteen floats and of eight doubles: what Swift's own compile to loops over lanes, and the fixed tree that
// adds lanes: low half plus high half, until one is left. Adding the trees of all vectors of a set at once needs a
// quarter of the additions; every sum keeps its own order.

extension SIMD16<Float> {
  @inline(__always)
  public static func treeSum(_ vector: Self) -> Float {
    let eight = vector.lowHalf + vector.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  @inline(__always)
  public static func transposedSums(_ v: UnsafePointer<Self>) -> Self {
    lectern_trees_float(v)
  }

  @inline(__always)
  public static func squareRoot(_ x: Self) -> Self { lectern_sqrt_float16(x) }

  @inline(__always)
  public func fused(_ a: Self, _ b: Self) -> Self { lectern_fma_float16(self, a, b) }

  @inline(__always)
  public static func positive(_ value: Self, where test: Self) -> Self {
    lectern_positive_float16(value, test)
  }

  @inline(__always)
  static func limited(_ x: Self, atLeast low: Scalar, atMost high: Scalar) -> Self {
    lectern_at_most_float16(lectern_at_least_float16(x, Self(repeating: low)), Self(repeating: high))
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
  public static func transposedSums(_ v: UnsafePointer<Self>) -> Self {
    lectern_trees_double(v)
  }

  @inline(__always)
  public static func squareRoot(_ x: Self) -> Self { lectern_sqrt_double8(x) }

  @inline(__always)
  public func fused(_ a: Self, _ b: Self) -> Self { lectern_fma_double8(self, a, b) }

  @inline(__always)
  public static func positive(_ value: Self, where test: Self) -> Self {
    lectern_positive_double8(value, test)
  }

  @inline(__always)
  static func limited(_ x: Self, atLeast low: Scalar, atMost high: Scalar) -> Self {
    lectern_at_most_double8(lectern_at_least_double8(x, Self(repeating: low)), Self(repeating: high))
  }
}
