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
    digits = []
    exponent = 0
    var text = value.magnitude.description
    text.withUTF8 { read($0) }
    if digits.isEmpty {
      digits = [0]
      exponent = 0
    }
    trim()
  }

  /// Reads what the standard library writes: digits with a point and perhaps a power of ten.
  private mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
    var places = 0
    var power = 0
    var hasPoint = false
    digits.reserveCapacity(text.count)
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "."): hasPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if !digits.isEmpty || byte != UInt8(ascii: "0") {
          digits.append(Int(byte) - 48)
          if !hasPoint { places += 1 }
        } else if hasPoint {
          places -= 1
        }
      default:
        let rest = text[(index + 1)...]
        power = rest.reduce(0) { $1 >= 48 && $1 < 58 ? $0 * 10 + Int($1) - 48 : $0 }
        if rest.first == UInt8(ascii: "-") { power = -power }
        exponent = places - 1 + power
        return
      }
    }
    exponent = places - 1
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
    var text = isNegative ? Array("\u{2212}".utf8) : []
    if exponent < 0 {
      text += Array("0.".utf8) + [UInt8](repeating: 48, count: -exponent - 1) + digits.map { UInt8(48 + $0) }
    } else {
      for index in 0...max(exponent, digits.count - 1) {
        if index == exponent + 1 { text.append(UInt8(ascii: ".")) }
        text.append(index < digits.count ? UInt8(48 + digits[index]) : 48)
      }
    }
    return String(decoding: text, as: UTF8.self)
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
