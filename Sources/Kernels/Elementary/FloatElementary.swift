// Elementary functions of sixteen floats, made of fused multiply-add, multiplication, addition, division and integer
// shifts only: the same bits on every processor. At most 2 units in the last place. The polynomials are Chebyshev fits
// in 50 digits over the reduced ranges (Muller, Elementary Functions, 3rd ed., chapters 3 and 11).

extension SIMD16<Float>: KernelLanes {
  @inline(__always) private static func all(_ value: Float) -> Self { Self(repeating: value) }

  /// `x` split as `k ln 2 + r` with |r| ≤ ln 2 / 2, and the series `r² Q(r) = exp(r) − 1 − r`.
  @inline(__always)
  private static func reduce(_ x: Self) -> (k: SIMD16<Int32>, r: Self, tail: Self) {
    // Adding 1.5 · 2²³ rounds to a whole number that then stands in the low bits.
    let magic = all(12_582_912)
    let shifted = magic.fused(x, all(1.442_695_04))
    let whole = shifted - magic
    let k = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &- SIMD16<Int32>(repeating: 0x4B40_0000)
    let r = x.fused(whole, all(-0.693_359_375)).fused(whole, all(0.000_212_194_442))
    var q = all(0.000_198_910_304)
    q = all(0.001_393_368_58).fused(q, r)
    q = all(0.008_333_310_48).fused(q, r)
    q = all(0.041_666_463_0).fused(q, r)
    q = all(0.166_666_672).fused(q, r)
    q = all(0.5).fused(q, r)
    return (k, r, q * r * r)
  }

  /// Two to the power `k` for −126 ≤ k ≤ 127.
  @inline(__always)
  private static func power(_ k: SIMD16<Int32>) -> Self {
    unsafeBitCast((k &+ SIMD16<Int32>(repeating: 127)) &<< SIMD16<Int32>(repeating: 23), to: Self.self)
  }

  @inline(__always)
  public static func exponential(_ x: Self) -> Self {
    let (k, r, tail) = reduce(limited(x, atLeast: -104, atMost: 89))
    // Two factors reach subnormal results and infinity without overflow on the way.
    let half = k &>> SIMD16<Int32>(repeating: 1)
    return ((all(1) + (r + tail)) * power(half)) * power(k &- half)
  }

  @inline(__always)
  public static func logarithm(_ x: Self) -> Self {
    let isSmall = x .< all(Float.leastNormalMagnitude)
    let scaled = x.replacing(with: x * all(8_388_608), where: isSmall)
    let bits = unsafeBitCast(scaled, to: SIMD16<Int32>.self)
    // The exponent that brings the rest between √½ and √2.
    let exponent =
      (bits &- SIMD16<Int32>(repeating: 0x3F35_04F3)) &>> SIMD16<Int32>(repeating: 23)
    let m = unsafeBitCast(bits &- (exponent &<< SIMD16<Int32>(repeating: 23)), to: Self.self)
    var e = SIMD16<Float>(exponent)
    e = e.replacing(with: e - all(23), where: isSmall)
    let f = m - all(1)
    let s = f / (all(2) + f)
    let z = s * s
    var p = all(0.233_316_138)
    p = all(0.285_507_798).fused(p, z)
    p = all(0.400_001_228).fused(p, z)
    p = all(0.666_666_687).fused(p, z)
    let square = all(0.5) * f * f
    let small = (s * (square + z * p)).fused(e, all(-0.000_212_194_442))
    var result = (f - (square - small)).fused(e, all(0.693_359_375))
    result = result.replacing(with: all(-.infinity), where: x .== all(0))
    result = result.replacing(with: all(.nan), where: x .< all(0))
    return result.replacing(with: x, where: (x .== all(.infinity)) .| (x .!= x))
  }

  @inline(__always)
  public static func hyperbolicTangent(_ x: Self) -> Self {
    let signBit = unsafeBitCast(x, to: SIMD16<UInt32>.self) & SIMD16<UInt32>(repeating: 0x8000_0000)
    let magnitude = unsafeBitCast(
      unsafeBitCast(x, to: SIMD16<UInt32>.self) & SIMD16<UInt32>(repeating: 0x7FFF_FFFF), to: Self.self)
    let clamped = limited(magnitude, atLeast: 0, atMost: 10)
    // With u = exp(2|x|) − 1, tanh |x| = u / (u + 2) keeps its relative accuracy near zero.
    let (k, r, tail) = reduce(clamped + clamped)
    let scale = power(k)
    let u = (scale - all(1)).fused(scale, r + tail)
    let result = u / (u + all(2))
    return unsafeBitCast(unsafeBitCast(result, to: SIMD16<UInt32>.self) | signBit, to: Self.self)
  }

  @inline(__always)
  public static func logistic(_ x: Self) -> Self {
    all(1) / (all(1) + exponential(Self.zero - x))
  }
}
