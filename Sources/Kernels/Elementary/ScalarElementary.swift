/// Elementary functions of one number, with the same bits as a lane of a vector: fma, multiplication,
/// addition, division and square root only, never the C library.
///
/// Relative error below 1e-15 in double (sine and cosine: below 1e-15 absolute, for |x| up to 10⁵), at most 2
/// units in the last place in float.
public enum Elementary {
  /// eˣ.
  public static func exp(_ x: Float) -> Float { SIMD16<Float>.exponential(SIMD16(repeating: x))[0] }
  /// eˣ.
  public static func exp(_ x: Double) -> Double { SIMD8<Double>.exponential(SIMD8(repeating: x))[0] }
  /// The natural logarithm.
  public static func log(_ x: Float) -> Float { SIMD16<Float>.logarithm(SIMD16(repeating: x))[0] }
  /// The natural logarithm.
  public static func log(_ x: Double) -> Double { SIMD8<Double>.logarithm(SIMD8(repeating: x))[0] }
  /// The hyperbolic tangent.
  public static func tanh(_ x: Float) -> Float { SIMD16<Float>.hyperbolicTangent(SIMD16(repeating: x))[0] }
  /// The hyperbolic tangent.
  public static func tanh(_ x: Double) -> Double { SIMD8<Double>.hyperbolicTangent(SIMD8(repeating: x))[0] }
  /// The logistic function `1 / (1 + e⁻ˣ)`.
  public static func sigmoid(_ x: Float) -> Float { SIMD16<Float>.logistic(SIMD16(repeating: x))[0] }
  /// The logistic function `1 / (1 + e⁻ˣ)`.
  public static func sigmoid(_ x: Double) -> Double { SIMD8<Double>.logistic(SIMD8(repeating: x))[0] }
}

/// `p(x)` by Horner's rule with fused steps; coefficients in rising powers.
@inline(__always)
func polynomial(_ x: Double, _ coefficients: StaticArray) -> Double {
  var index = coefficients.count - 1
  var value = coefficients[index]
  while index > 0 {
    index -= 1
    value = coefficients[index].addingProduct(value, x)
  }
  return value
}

/// A constant table on raw memory that lives as long as the process.
struct StaticArray: @unchecked Sendable {
  private let base: UnsafePointer<Double>
  let count: Int

  init(_ values: [Double]) {
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: values.count)
    memory.initialize(from: values, count: values.count)
    base = UnsafePointer(memory)
    count = values.count
  }

  @inline(__always) subscript(index: Int) -> Double { base[index] }
}
