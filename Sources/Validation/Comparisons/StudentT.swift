import Tensors

/// Student's distribution.
enum StudentT {
  /// The probability of a value that is at least as far from zero: `I(ν / (ν + t²); ν/2, 1/2)`, the regularized
  /// incomplete beta function (Abramowitz and Stegun 26.7.1).
  static func twoSided(_ t: Double, degrees: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : 0 }
    return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
  }

  /// The regularized incomplete beta function by Lentz's continued fraction (Press and others, Numerical Recipes 6.4).
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    let front = Double.exp(
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * Double.log(x) + b * Double.log(1 - x))
    return x < (a + 1) / (a + b + 2)
      ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func guarded(_ value: Double) -> Double { value.magnitude < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...500 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      result *= d * c
      if (d * c - 1).magnitude < 1e-16 { break }
    }
    return result
  }

  /// The logarithm of the gamma function for positive numbers: Stirling's series, after steps up to where it holds to
  /// 16 digits (Abramowitz and Stegun 6.1.40).
  static func logGamma(_ value: Double) -> Double {
    var x = value
    var product = 1.0
    while x < 15 {
      product *= x
      x += 1
    }
    let inverse = 1 / (x * x)
    let series =
      (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse / 1188))))
      / x
    return (x - 0.5) * Double.log(x) - x + 0.5 * Double.log(2 * .pi) + series - Double.log(product)
  }
}
