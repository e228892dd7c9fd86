import Tensors

/// The standard normal distribution, accurate in its tails.
package enum NormalDistribution {
  /// Φ(x), the probability of a value below x.
  package static func cumulative(_ x: Double) -> Double { 0.5 * Double.erfc(-x * 0.7071067811865476) }

  /// log Φ(x) without underflow.
  package static func logCumulative(_ x: Double) -> Double {
    guard x < -5 else { return Double.log(cumulative(x)) }
    // Φ(x) = exp(−x²/2) erfcx(−x/√2) / 2
    return Double.log(0.5 * Double.scaledErfc(-x * 0.7071067811865476)) - 0.5 * x * x
  }

  /// log (Φ(b) − Φ(a)) for a < b without cancellation or underflow.
  package static func logMass(from a: Double, to b: Double) -> Double {
    if a > 0 { return logMass(from: -b, to: -a) }
    if b > 0 { return Double.log(max(1 - cumulative(a) - cumulative(-b), .leastNonzeroMagnitude)) }
    let upper = logCumulative(b)
    let ratio = Double.exp(logCumulative(a) - upper)
    return upper + Double.log(max(1 - ratio, .leastNonzeroMagnitude))
  }

  /// The x with Φ(x) = p for 0 < p < 1: Acklam's rational approximation, then two of Halley's steps.
  package static func quantile(_ p: Double) -> Double {
    guard p > 0 else { return -.infinity }
    guard p < 1 else { return .infinity }
    if p > 0.5 { return -lowerQuantile(1 - p) }
    return lowerQuantile(p)
  }

  private static func lowerQuantile(_ p: Double) -> Double {
    guard p > 0 else { return -.infinity }
    var x = firstGuess(p)
    for _ in 0..<2 {
      let error = cumulative(x) - p
      let u = error * 2.5066282746310002 * Double.exp(0.5 * x * x)
      x -= u / (1 + 0.5 * x * u)
    }
    return x
  }

  private static func firstGuess(_ p: Double) -> Double {
    if p < 0.02425 {
      let q = (-2 * Double.log(p)).squareRoot()
      let top =
        ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q
          - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783
      let bottom =
        (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q
          + 3.754408661907416) * q + 1
      return top / bottom
    }
    let q = p - 0.5
    let r = q * q
    let top =
      ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
        + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239
    let bottom =
      ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
        + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1
    return q * top / bottom
  }
}
