internal import CVectors

/// Comparisons and choices, lane by lane, and the functions that are computed number by number.
public protocol SelectionLanes: SIMD {
  /// `x` where a > b (or a is NaN), else `y`.
  static func selectGreater(_ a: Self, _ b: Self, _ x: Self, _ y: Self) -> Self
  /// `x` where a = b, else `y`.
  static func selectEqual(_ a: Self, _ b: Self, _ x: Self, _ y: Self) -> Self
  /// `x` where the condition is not zero, else `y`.
  static func select(_ condition: Self, _ x: Self, _ y: Self) -> Self
  /// The larger of two; NaN if either is.
  static func maximum(_ a: Self, _ b: Self) -> Self
  /// The smaller of two; NaN if either is.
  static func minimum(_ a: Self, _ b: Self) -> Self
  /// 1 where a < b, else 0.
  static func less(_ a: Self, _ b: Self) -> Self
  /// 1 where a = b, else 0.
  static func equal(_ a: Self, _ b: Self) -> Self
  /// The absolute value.
  static func magnitude(_ x: Self) -> Self
  /// −1, 0 or 1.
  static func sign(_ x: Self) -> Self
  /// The sine.
  static func sine(_ x: Self) -> Self
  /// The cosine.
  static func cosine(_ x: Self) -> Self
  /// The error function.
  static func errorFunction(_ x: Self) -> Self
  /// `a` to the power `b`.
  static func power(_ a: Self, _ b: Self) -> Self
}

@inline(__always)
private func perLane<Lanes: SIMD>(_ x: Lanes, _ function: (Lanes.Scalar) -> Lanes.Scalar) -> Lanes {
  var result = x
  for lane in x.indices { result[lane] = function(x[lane]) }
  return result
}

@inline(__always)
private func perLane<Lanes: SIMD>(
  _ a: Lanes, _ b: Lanes, _ function: (Lanes.Scalar, Lanes.Scalar) -> Lanes.Scalar
) -> Lanes {
  var result = a
  for lane in a.indices { result[lane] = function(a[lane], b[lane]) }
  return result
}

extension SIMD16<Float>: SelectionLanes {
  @inline(__always)
  public static func selectGreater(_ a: Self, _ b: Self, _ x: Self, _ y: Self) -> Self {
    lectern_select_greater_float16(a, b, x, y)
  }
  @inline(__always)
  public static func selectEqual(_ a: Self, _ b: Self, _ x: Self, _ y: Self) -> Self {
    lectern_select_equal_float16(a, b, x, y)
  }
  @inline(__always)
  public static func select(_ condition: Self, _ x: Self, _ y: Self) -> Self {
    lectern_select_float16(condition, x, y)
  }
  @inline(__always)
  public static func maximum(_ a: Self, _ b: Self) -> Self { lectern_maximum_float16(a, b) }
  @inline(__always)
  public static func minimum(_ a: Self, _ b: Self) -> Self { lectern_minimum_float16(a, b) }
  @inline(__always)
  public static func less(_ a: Self, _ b: Self) -> Self { lectern_less_float16(a, b) }
  @inline(__always)
  public static func equal(_ a: Self, _ b: Self) -> Self { lectern_equal_float16(a, b) }
  @inline(__always)
  public static func magnitude(_ x: Self) -> Self { lectern_magnitude_float16(x) }
  @inline(__always)
  public static func sign(_ x: Self) -> Self { lectern_sign_float16(x) }
  public static func sine(_ x: Self) -> Self { perLane(x) { Elementary.sin($0) } }
  public static func cosine(_ x: Self) -> Self { perLane(x) { Elementary.cos($0) } }
  public static func errorFunction(_ x: Self) -> Self { perLane(x) { Elementary.erf($0) } }
  public static func power(_ a: Self, _ b: Self) -> Self { perLane(a, b) { Elementary.pow($0, $1) } }
}

extension SIMD8<Double>: SelectionLanes {
  @inline(__always)
  public static func selectGreater(_ a: Self, _ b: Self, _ x: Self, _ y: Self) -> Self {
    lectern_select_greater_double8(a, b, x, y)
  }
  @inline(__always)
  public static func selectEqual(_ a: Self, _ b: Self, _ x: Self, _ y: Self) -> Self {
    lectern_select_equal_double8(a, b, x, y)
  }
  @inline(__always)
  public static func select(_ condition: Self, _ x: Self, _ y: Self) -> Self {
    lectern_select_double8(condition, x, y)
  }
  @inline(__always)
  public static func maximum(_ a: Self, _ b: Self) -> Self { lectern_maximum_double8(a, b) }
  @inline(__always)
  public static func minimum(_ a: Self, _ b: Self) -> Self { lectern_minimum_double8(a, b) }
  @inline(__always)
  public static func less(_ a: Self, _ b: Self) -> Self { lectern_less_double8(a, b) }
  @inline(__always)
  public static func equal(_ a: Self, _ b: Self) -> Self { lectern_equal_double8(a, b) }
  @inline(__always)
  public static func magnitude(_ x: Self) -> Self { lectern_magnitude_double8(x) }
  @inline(__always)
  public static func sign(_ x: Self) -> Self { lectern_sign_double8(x) }
  public static func sine(_ x: Self) -> Self { perLane(x) { Elementary.sin($0) } }
  public static func cosine(_ x: Self) -> Self { perLane(x) { Elementary.cos($0) } }
  public static func errorFunction(_ x: Self) -> Self { perLane(x) { Elementary.erf($0) } }
  public static func power(_ a: Self, _ b: Self) -> Self { perLane(a, b) { Elementary.pow($0, $1) } }
}
