internal import CVectors

/// What rules of optimizers need beyond arithmetic, lane by lane.
public protocol UpdateLanes: SIMD {
  /// The larger of two; the first where the second is NaN.
  static func maximum(_ a: Self, _ b: Self) -> Self
  /// The smaller of two; the first where the second is NaN.
  static func minimum(_ a: Self, _ b: Self) -> Self
  /// The absolute value.
  static func magnitude(_ x: Self) -> Self
  /// −1, 0 or 1.
  static func sign(_ x: Self) -> Self
}

extension SIMD16<Float>: UpdateLanes {
  @inline(__always)
  public static func maximum(_ a: Self, _ b: Self) -> Self { lectern_at_least_float16(a, b) }

  @inline(__always)
  public static func minimum(_ a: Self, _ b: Self) -> Self { lectern_at_most_float16(a, b) }

  @inline(__always)
  public static func magnitude(_ x: Self) -> Self {
    unsafeBitCast(
      unsafeBitCast(x, to: SIMD16<UInt32>.self) & SIMD16<UInt32>(repeating: ~(1 << 31)), to: Self.self)
  }

  @inline(__always)
  public static func sign(_ x: Self) -> Self {
    let one = Self(repeating: 1)
    return lectern_positive_float16(one, x) - lectern_positive_float16(one, Self.zero - x)
  }
}

extension SIMD8<Double>: UpdateLanes {
  @inline(__always)
  public static func maximum(_ a: Self, _ b: Self) -> Self { lectern_at_least_double8(a, b) }

  @inline(__always)
  public static func minimum(_ a: Self, _ b: Self) -> Self { lectern_at_most_double8(a, b) }

  @inline(__always)
  public static func magnitude(_ x: Self) -> Self {
    unsafeBitCast(
      unsafeBitCast(x, to: SIMD8<UInt64>.self) & SIMD8<UInt64>(repeating: ~(1 << 63)), to: Self.self)
  }

  @inline(__always)
  public static func sign(_ x: Self) -> Self {
    let one = Self(repeating: 1)
    return lectern_positive_double8(one, x) - lectern_positive_double8(one, Self.zero - x)
  }
}
