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
    let a = lectern_fold4(lectern_fold8(v[0], v[1]), lectern_fold8(v[2], v[3]))
    let b = lectern_fold4(lectern_fold8(v[4], v[5]), lectern_fold8(v[6], v[7]))
    let c = lectern_fold4(lectern_fold8(v[8], v[9]), lectern_fold8(v[10], v[11]))
    let d = lectern_fold4(lectern_fold8(v[12], v[13]), lectern_fold8(v[14], v[15]))
    return lectern_fold1(lectern_fold2(a, b), lectern_fold2(c, d))
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
    let a = lectern_fold2_double(lectern_fold4_double(v[0], v[1]), lectern_fold4_double(v[2], v[3]))
    let b = lectern_fold2_double(lectern_fold4_double(v[4], v[5]), lectern_fold4_double(v[6], v[7]))
    return lectern_fold1_double(a, b)
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
