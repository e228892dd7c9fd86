/// Logarithms to base ten and powers by arithmetic alone, so that places on an axis are the same on every machine.
enum DecimalLogarithm {
  private static let logarithmOfTwo = 0.6931471805599453
  private static let logarithmOfTen = 2.302585092994046

  /// The logarithm to base ten of a positive finite number; about fourteen digits.
  static func of(_ value: Double) -> Double { natural(value) / logarithmOfTen }

  /// A positive number to a power; about twelve digits.
  static func power(_ base: Double, _ exponent: Double) -> Double { exponential(natural(base) * exponent) }

  /// The natural logarithm: with value = m 2ᵉ and m between √½ and √2, `log m = 2 (s + s³/3 + s⁵/5 + …)` for s = (m − 1) / (m + 1).
  static func natural(_ value: Double) -> Double {
    var mantissa = value.significand
    var exponent = Double(value.exponent)
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var sum = 0.0
    for odd in stride(from: 23.0, through: 1, by: -2) { sum = sum * square + 1 / odd }
    return exponent * logarithmOfTwo + 2 * s * sum
  }

  /// The exponential function: whole powers of two by scaling, the rest by the series of eˣ.
  static func exponential(_ x: Double) -> Double {
    let whole = (x / logarithmOfTwo).rounded()
    let rest = x - whole * logarithmOfTwo
    var sum = 1.0
    for term in stride(from: 16.0, through: 1, by: -1) { sum = 1 + rest / term * sum }
    return Double(sign: .plus, exponent: Int(min(max(whole, -1000), 1000)), significand: sum)
  }
}
