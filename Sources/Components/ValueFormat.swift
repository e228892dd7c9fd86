/// How numbers are written in text and tables: no locale, the same digits everywhere.
public enum ValueFormat {
  /// A number with a fixed number of decimals, rounded to nearest, ties to even of the exact binary value.
  public static func decimals(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return name(value) }
    guard abs(value) < 1e15 else { return "\(value)" }
    let digits = min(max(digits, 0), 19)
    let scale = UInt128(powerOfTen(digits))
    let whole = product(abs(value), scale)
    let (integer, fraction) = whole.quotientAndRemainder(dividingBy: scale)
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(integer)" }
    let text = String(fraction)
    return "\(sign)\(integer)." + String(repeating: "0", count: digits - text.count) + text
  }

  /// A magnitude below 10¹⁵ times a whole number, rounded to nearest, ties to even, without any rounding in between.
  private static func product(_ magnitude: Double, _ factor: UInt128) -> UInt128 {
    guard magnitude > 0 else { return 0 }
    let shift = Int(magnitude.ulp.exponent)
    let exact = UInt128(magnitude / magnitude.ulp) * factor
    guard shift < 0 else { return exact << UInt128(shift) }
    guard shift > -127 else { return 0 }
    let whole = exact >> UInt128(-shift)
    let (rest, half) = (exact - whole << UInt128(-shift), UInt128(1) << UInt128(-shift - 1))
    return rest > half || rest == half && whole & 1 == 1 ? whole + 1 : whole
  }

  /// A number with so many significant digits.
  public static func significant(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : name(value) }
    let exponent = decimalExponent(abs(value), digits: digits)
    if exponent < -5 || exponent >= max(digits, 6) {
      return "\(decimals(mantissa(value, exponent), digits - 1))e\(exponent)"
    }
    if digits - 1 - exponent < 0 {
      let scale = powerOfTen(exponent - digits + 1)
      return decimals((value / scale).rounded() * scale, 0)
    }
    return decimals(value, digits - 1 - exponent)
  }

  /// A number and its spread with two significant digits of the spread: `0.953 ± 0.012`.
  ///
  /// Very large and very small ones share a power of ten: `(8.58 ± 0.22)e8`.
  public static func uncertain(_ value: Double, _ spread: Double) -> String {
    guard spread.isFinite, spread > 0 else {
      return "\(significant(value, 4)) ± \(spread == 0 ? "0" : name(spread))"
    }
    let exponent = decimalExponent(max(abs(value), spread), digits: 2)
    if value.isFinite, exponent >= 6 || exponent < -5 {
      let scale = Double("1e\(exponent)") ?? 1
      return "(\(uncertain(value / scale, spread / scale)))e\(exponent)"
    }
    let digits = min(max(1 - decimalExponent(spread, digits: 2), 0), 12)
    return "\(decimals(value, digits)) ± \(decimals(spread, digits))"
  }

  /// The shortest of a number's forms that a reader wants: whole numbers whole, others with six significant digits
  /// and no trailing zeros.
  public static func short(_ value: Double) -> String {
    if value.isFinite, value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
    var text = significant(value, 6)
    let power = text.firstIndex(of: "e").map { String(text[$0...]) } ?? ""
    text.removeLast(power.count)
    guard text.contains(".") else { return text + power }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + power
  }

  private static func name(_ value: Double) -> String { value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }

  /// The exponent of the first digit after a number is rounded to so many digits: 0.9996 begins with 1.00.
  private static func decimalExponent(_ magnitude: Double, digits: Int) -> Int {
    let exponent = decimalExponent(magnitude)
    return decimals(mantissa(magnitude, exponent), digits - 1).hasPrefix("10") ? exponent + 1 : exponent
  }

  private static func mantissa(_ value: Double, _ exponent: Int) -> Double {
    // Powers of ten below 10⁻³⁰⁷ have no reciprocal.
    exponent < -290 ? value * 1e200 / signedPowerOfTen(exponent + 200) : value / signedPowerOfTen(exponent)
  }

  /// The exponent of the first digit.
  static func decimalExponent(_ magnitude: Double) -> Int {
    guard magnitude == 0 || magnitude >= 1e-290 else { return decimalExponent(magnitude * 1e200) - 200 }
    var exponent = 0
    while magnitude >= signedPowerOfTen(exponent + 1), exponent < 308 { exponent += 1 }
    while magnitude < signedPowerOfTen(exponent), exponent > -323 { exponent -= 1 }
    return exponent
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { value, _ in value * 10 }
  }

  private static func signedPowerOfTen(_ exponent: Int) -> Double {
    exponent >= 0 ? powerOfTen(exponent) : 1 / powerOfTen(-exponent)
  }
}
