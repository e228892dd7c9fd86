/// The shortest decimal digits that read back as a number: its exponent of ten without a logarithm, and
/// texts that no locale changes.
package struct DecimalExpansion: Hashable, Sendable {
  /// Whether the number is below zero.
  package var isNegative: Bool
  /// The digits from the first that is not zero.
  package var digits: [Int]
  /// The power of ten of the first digit.
  package var exponent: Int

  /// The digits of a finite number; zero is the digit 0.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value < 0
    let parts = value.magnitude.description.split(separator: "e", omittingEmptySubsequences: false)
    let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let sides = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = sides[0].compactMap(\.wholeNumberValue)
    let all = whole + (sides.count > 1 ? sides[1].compactMap(\.wholeNumberValue) : [])
    guard let first = all.firstIndex(where: { $0 != 0 }) else {
      digits = [0]
      exponent = 0
      return
    }
    digits = Array(all[first...])
    exponent = whole.count - 1 - first + power
    trim()
  }

  private mutating func trim() {
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
  }

  /// The nearest number with at most so many digits; halves are rounded away from zero.
  package func rounded(to count: Int) -> DecimalExpansion {
    guard digits.count > count, count > 0 else { return self }
    var result = self
    let carries = digits[count] >= 5
    result.digits = Array(digits[..<count])
    if carries {
      var index = count - 1
      while index >= 0, result.digits[index] == 9 {
        result.digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        result.digits[index] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.exponent += 1
      }
    }
    result.trim()
    return result
  }

  /// The number without an exponent, such as `0.025`, with a true minus sign.
  package var plain: String {
    var text = isNegative ? "\u{2212}" : ""
    if exponent < 0 {
      text += "0." + String(repeating: "0", count: -exponent - 1) + digits.map(String.init).joined()
    } else {
      for index in 0...max(exponent, digits.count - 1) {
        if index == exponent + 1 { text += "." }
        text += index < digits.count ? String(digits[index]) : "0"
      }
    }
    return text
  }
}

extension Double {
  /// At most `digits` significant digits, with a power of ten where it is shorter; for prose and tooltips.
  package func text(digits: Int = 4) -> String {
    guard let expansion = DecimalExpansion(self)?.rounded(to: digits) else {
      return isNaN ? "not a number" : self < 0 ? "\u{2212}\u{221e}" : "\u{221e}"
    }
    guard expansion.exponent < -4 || expansion.exponent > 6 else { return expansion.plain }
    var mantissa = expansion
    mantissa.exponent = 0
    return "\(mantissa.plain)e\(expansion.exponent)"
  }

  /// The number rounded to 0.01, as short as possible.
  package var coordinateText: String {
    guard isFinite, magnitude < 1e12 else { return "0" }
    let hundredths = Int((self * 100).rounded())
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}
