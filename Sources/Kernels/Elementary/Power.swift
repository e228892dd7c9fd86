extension Elementary {
  private static let logarithmSeries = StaticArray([
    0.6666666666666666, 0.40000000000000885, 0.28571428570799784, 0.22222222392581045, 0.18181795547521137,
    0.15386244737621665, 0.13268638369266825, 0.13088034850927555,
  ])

  /// The natural logarithm of a positive finite number as a sum of two doubles, relative error about 2⁻⁶⁶.
  private static func extendedLogarithm(_ x: Double) -> (high: Double, low: Double) {
    let scaled = x < .leastNormalMagnitude ? x * 4_503_599_627_370_496 : x
    let bits = Int64(bitPattern: scaled.bitPattern)
    let shift = (bits &- 0x3FE6_A09E_667F_3BCD) &>> 52
    let m = Double(bitPattern: UInt64(bitPattern: bits &- (shift &<< 52)))
    let e = Double(shift) - (x < .leastNormalMagnitude ? 52 : 0)
    // log m = 2 atanh s with s = f / (2 + f), the quotient carried to twice the precision.
    let f = m - 1
    let denominator = 2 + f
    let denominatorRest = f - (denominator - 2)
    let s = f / denominator
    let remainder = f.addingProduct(-s, denominator).addingProduct(-s, denominatorRest)
    let sRest = remainder / denominator
    let z = s * s
    let series = s * z * polynomial(z, logarithmSeries)
    // 32 bits of ln 2 make its product with the exponent exact.
    let whole = e * 0.6931471803691238
    let high = whole + 2 * s
    let rest = (whole - high) + 2 * s
    let low = rest + (2 * sRest + series + e * 1.9082149292705877e-10)
    let sum = high + low
    return (sum, (high - sum) + low)
  }

  /// `x` to the power `y`; NaN for a negative base with a broken exponent.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let isWhole = y == y.rounded(.towardZero)
    let isOdd = isWhole && abs(y) < 9_007_199_254_740_992 && Int64(y) & 1 != 0
    if x == 0 { return y < 0 ? (isOdd ? 1 / x : .infinity) : (isOdd ? x : 0) }
    if x < 0, !isWhole { return x == -.infinity ? (y < 0 ? 0 : .infinity) : .nan }
    let magnitude = positivePower(abs(x), y)
    return x < 0 && isOdd ? -magnitude : magnitude
  }

  private static func positivePower(_ x: Double, _ y: Double) -> Double {
    if x.isInfinite { return y > 0 ? .infinity : 0 }
    if y.isInfinite { return x == 1 ? 1 : (x > 1) == (y > 0) ? .infinity : 0 }
    let logarithm = extendedLogarithm(x)
    let high = y * logarithm.high
    guard abs(high) < 800 else { return high > 0 ? .infinity : 0 }
    let low = (-high).addingProduct(y, logarithm.high).addingProduct(y, logarithm.low)
    let result = exp(high)
    return result.isFinite ? result.addingProduct(result, low) : result
  }

  /// `x` to the power `y`.
  public static func pow(_ x: Float, _ y: Float) -> Float { Float(pow(Double(x), Double(y))) }

  /// The logarithm to base 10.
  public static func log10(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return log(x) }
    let (high, low) = extendedLogarithm(x)
    // log₁₀ e in two parts
    let product = high * 0.4342944819032518
    let rest = (-product).addingProduct(high, 0.4342944819032518)
    return product + (rest + high * 1.098319650216765e-17 + low * 0.4342944819032518)
  }

  /// The logarithm to base 2.
  public static func log2(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return log(x) }
    let (high, low) = extendedLogarithm(x)
    let product = high * 1.4426950408889634
    let rest = (-product).addingProduct(high, 1.4426950408889634)
    return product + (rest + high * 2.0355273740931033e-17 + low * 1.4426950408889634)
  }
}
