// Elementary functions of eight doubles by the same rules as those of floats; relative error below 1e-15.

extension SIMD8<Double>: KernelLanes {
  @inline(__always) private static func all(_ value: Double) -> Self { Self(repeating: value) }

  /// `x` split as `k ln 2 + r` with |r| ≤ ln 2 / 2, and the series `r² Q(r) = exp(r) − 1 − r`.
  @inline(__always)
  private static func reduce(_ x: Self) -> (k: SIMD8<Int64>, r: Self, tail: Self) {
    let magic = all(6_755_399_441_055_744)  // 1.5 · 2⁵²
    let shifted = magic.fused(x, all(1.442_695_040_888_963_4))
    let whole = shifted - magic
    let k = unsafeBitCast(shifted, to: SIMD8<Int64>.self) &- SIMD8<Int64>(repeating: 0x4338_0000_0000_0000)
    let r = x.fused(whole, all(-0.693_147_180_369_123_8)).fused(whole, all(-1.908_214_929_270_587_7e-10))
    var q = all(1.608_665_004_457_821e-10)
    q = all(2.091_817_087_665_878_3e-09).fused(q, r)
    q = all(2.505_207_103_456_511_6e-08).fused(q, r)
    q = all(2.755_726_318_947_621e-07).fused(q, r)
    q = all(2.755_731_924_727_456_4e-06).fused(q, r)
    q = all(2.480_158_733_652_600_5e-05).fused(q, r)
    q = all(0.000_198_412_698_412_632_8).fused(q, r)
    q = all(0.001_388_888_888_887_904_3).fused(q, r)
    q = all(0.008_333_333_333_333_333).fused(q, r)
    q = all(0.041_666_666_666_666_68).fused(q, r)
    q = all(0.166_666_666_666_666_66).fused(q, r)
    q = all(0.5).fused(q, r)
    return (k, r, q * r * r)
  }

  /// Two to the power `k` for −1022 ≤ k ≤ 1023.
  @inline(__always)
  private static func power(_ k: SIMD8<Int64>) -> Self {
    unsafeBitCast((k &+ SIMD8<Int64>(repeating: 1023)) &<< SIMD8<Int64>(repeating: 52), to: Self.self)
  }

  @inline(__always)
  public static func exponential(_ x: Self) -> Self {
    let (k, r, tail) = reduce(limited(x, atLeast: -746, atMost: 710))
    let half = k &>> SIMD8<Int64>(repeating: 1)
    return ((all(1) + (r + tail)) * power(half)) * power(k &- half)
  }

  @inline(__always)
  public static func logarithm(_ x: Self) -> Self {
    let isSmall = x .< all(Double.leastNormalMagnitude)
    let scaled = x.replacing(with: x * all(4_503_599_627_370_496), where: isSmall)
    let bits = unsafeBitCast(scaled, to: SIMD8<Int64>.self)
    let exponent =
      (bits &- SIMD8<Int64>(repeating: 0x3FE6_A09E_667F_3BCD)) &>> SIMD8<Int64>(repeating: 52)
    let m = unsafeBitCast(bits &- (exponent &<< SIMD8<Int64>(repeating: 52)), to: Self.self)
    // A whole number below 2⁵¹ is converted by writing it into the low bits of 1.5 · 2⁵².
    let magic = all(6_755_399_441_055_744)
    let written = unsafeBitCast(magic, to: SIMD8<Int64>.self) &+ exponent
    var e = unsafeBitCast(written, to: Self.self) - magic
    e = e.replacing(with: e - all(52), where: isSmall)
    let f = m - all(1)
    let s = f / (all(2) + f)
    let z = s * s
    var p = all(0.130_880_348_509_275_55)
    p = all(0.132_686_383_692_668_25).fused(p, z)
    p = all(0.153_862_447_376_216_65).fused(p, z)
    p = all(0.181_817_955_475_211_37).fused(p, z)
    p = all(0.222_222_223_925_810_45).fused(p, z)
    p = all(0.285_714_285_707_997_84).fused(p, z)
    p = all(0.400_000_000_000_008_85).fused(p, z)
    p = all(0.666_666_666_666_666_6).fused(p, z)
    let square = all(0.5) * f * f
    let small = (s * (square + z * p)).fused(e, all(1.908_214_929_270_587_7e-10))
    var result = (f - (square - small)).fused(e, all(0.693_147_180_369_123_8))
    result = result.replacing(with: all(-.infinity), where: x .== all(0))
    result = result.replacing(with: all(.nan), where: x .< all(0))
    return result.replacing(with: x, where: (x .== all(.infinity)) .| (x .!= x))
  }

  @inline(__always)
  public static func hyperbolicTangent(_ x: Self) -> Self {
    let signBit = unsafeBitCast(x, to: SIMD8<UInt64>.self) & SIMD8<UInt64>(repeating: 1 << 63)
    let magnitude = unsafeBitCast(
      unsafeBitCast(x, to: SIMD8<UInt64>.self) & SIMD8<UInt64>(repeating: ~(1 << 63)), to: Self.self)
    let clamped = limited(magnitude, atLeast: 0, atMost: 20)
    let (k, r, tail) = reduce(clamped + clamped)
    let scale = power(k)
    let u = (scale - all(1)).fused(scale, r + tail)
    let result = u / (u + all(2))
    return unsafeBitCast(unsafeBitCast(result, to: SIMD8<UInt64>.self) | signBit, to: Self.self)
  }

  @inline(__always)
  public static func logistic(_ x: Self) -> Self {
    all(1) / (all(1) + exponential(Self.zero - x))
  }
}
