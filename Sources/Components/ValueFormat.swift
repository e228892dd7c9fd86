/// How numbers are written in text and tables: no locale, the same digits everywhere.
public enum ValueFormat {
  /// A number with a fixed number of decimals, rounded to nearest, ties to even of the exact binary value.
  public static func decimals(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return name(value) }
    let scale = powerOfTen(max(digits, 0))
    let scaled = (abs(value) * scale).rounded(.toNearestOrEven)
    guard scaled < 9e15 else { return "\(value)" }
    let whole = UInt64(scaled)
    let (integer, fraction) = whole.quotientAndRemainder(dividingBy: UInt64(scale))
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(integer)" }
    let text = String(fraction)
    return "\(sign)\(integer)." + String(repeating: "0", count: digits - text.count) + text
  }

  /// A number with so many significant digits.
  public static func significant(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : name(value) }
    let exponent = decimalExponent(abs(value))
    if exponent < -5 || exponent >= max(digits, 6) {
      let mantissa = decimals(value / signedPowerOfTen(exponent), digits - 1)
      return "\(mantissa)e\(exponent)"
    }
    if digits - 1 - exponent < 0 {
      let scale = powerOfTen(exponent - digits + 1)
      return decimals((value / scale).rounded() * scale, 0)
    }
    return decimals(value, digits - 1 - exponent)
  }

  /// A number and its spread with two significant digits of the spread: `0.953 ± 0.012`.
  public static func uncertain(_ value: Double, _ spread: Double) -> String {
    guard spread.isFinite, spread > 0 else { return "\(significant(value, 4)) ± \(spread == 0 ? "0" : name(spread))" }
    let digits = min(max(1 - decimalExponent(spread), 0), 12)
    return "\(decimals(value, digits)) ± \(decimals(spread, digits))"
  }

  /// The shortest of a number's forms that a reader wants: whole numbers whole, others with six significant digits
  /// and no trailing zeros.
  public static func short(_ value: Double) -> String {
    if value.isFinite, value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
    var text = significant(value, 6)
    guard text.contains("."), !text.contains("e") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  private static func name(_ value: Double) -> String { value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }

  /// The exponent of the first digit.
  static func decimalExponent(_ magnitude: Double) -> Int {
    var exponent = 0
    while magnitude >= signedPowerOfTen(exponent + 1), exponent < 308 { exponent += 1 }
    while magnitude < signedPowerOfTen(exponent), exponent > -323 { exponent -= 1 }
    return exponent
  }

  private static func powerOfTen(_ exponent: Int) -> Double { (0..<exponent).reduce(1.0) { value, _ in value * 10 } }

  private static func signedPowerOfTen(_ exponent: Int) -> Double {
    exponent >= 0 ? powerOfTen(exponent) : 1 / powerOfTen(-exponent)
  }
}
