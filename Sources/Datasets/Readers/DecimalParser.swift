import Components

/// Reads decimal numbers from bytes by the grammar of `CoreSchema.number`, correctly rounded.
///
/// Up to 19 digits with a power of ten from -27 to 27 take whole-number arithmetic that is exact up to the only
/// rounding; anything longer or farther is left to the standard library.
package enum DecimalParser {
  /// The number at a place, if a plain one stands there; the place moves behind it.
  ///
  /// False leaves it open whether there is a number: `slow` knows.
  @inline(__always)
  static func fast(
    _ bytes: UnsafePointer<UInt8>, _ place: inout Int, _ end: Int, _ value: inout Double
  ) -> Bool {
    var at = place
    guard at < end else { return false }
    let isNegative = bytes[at] == UInt8(ascii: "-")
    if isNegative || bytes[at] == UInt8(ascii: "+") { at += 1 }
    var digits: UInt64 = 0
    let first = at
    while at < end, bytes[at] &- 48 < 10 {
      digits = digits &* 10 &+ UInt64(bytes[at] &- 48)
      at += 1
    }
    var count = at - first
    var power = 0
    if at < end, bytes[at] == UInt8(ascii: ".") {
      at += 1
      let start = at
      while at < end, bytes[at] &- 48 < 10 {
        digits = digits &* 10 &+ UInt64(bytes[at] &- 48)
        at += 1
      }
      power = start - at
      count += at - start
    }
    guard count > 0 else { return false }
    if count > 19, significantDigits(bytes, first, at) > 19 { return false }
    if at < end, bytes[at] | 0x20 == UInt8(ascii: "e") {
      guard let exponent = exponent(bytes, &at, end) else { return false }
      power += exponent
    }
    guard let magnitude = scaled(digits, power) else { return false }
    value = isNegative ? -magnitude : magnitude
    place = at
    return true
  }

  /// The number that a text is, if it is one.
  package static func slow(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let base = bytes.baseAddress else { return nil }
    // Words are told from numbers by their first letter.
    guard bytes.count > 0, base[0] < 58, bytes.count < 4096 else { return nil }
    var place = 0
    var value = 0.0
    if fast(base, &place, bytes.count, &value), place == bytes.count { return value }
    return String(validating: bytes, as: UTF8.self).flatMap(CoreSchema.number)
  }

  /// The digits from the first that is not zero.
  private static func significantDigits(_ bytes: UnsafePointer<UInt8>, _ first: Int, _ end: Int) -> Int {
    var count = 0
    for index in first..<end where bytes[index] != UInt8(ascii: ".") && (count > 0 || bytes[index] != 48) {
      count += 1
    }
    return count
  }

  /// The power of ten behind an `e`, if one of at most four digits stands there.
  private static func exponent(_ bytes: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> Int? {
    var index = at + 1
    guard index < end else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    let first = index
    var result = 0
    while index < end, bytes[index] &- 48 < 10, index - first < 5 {
      result = result * 10 + Int(bytes[index] &- 48)
      index += 1
    }
    guard index > first, index - first < 5 else { return nil }
    at = index
    return isNegative ? -result : result
  }

  /// `digits · 10ᵖ`, rounded once to nearest, ties to even; nil beyond 27 powers.
  @inline(__always)
  static func scaled(_ digits: UInt64, _ power: Int) -> Double? {
    if digits <= 1 << 53, power >= -22, power <= 22 {
      // Both are exact, and one operation rounds once.
      return power < 0 ? Double(digits) / tens[-power] : Double(digits) * tens[power]
    }
    guard digits > 0 else { return 0 }
    guard power >= -27, power <= 27 else { return nil }
    let shift = digits.leadingZeroBitCount
    let normal = digits << UInt64(shift)
    let five = fives[abs(power)]
    if power < 0 {
      // The quotient has at least 63 bits, so that what is left over only tells whether it is exact.
      let fiveShift = five.leadingZeroBitCount
      let (quotient, rest) = (five << UInt64(fiveShift)).dividingFullWidth((normal >> 1, normal << 63))
      return Double(quotient | (rest == 0 ? 0 : 1)) * twoTo(fiveShift - shift - 63 + power)
    }
    let (high, low) = normal.multipliedFullWidth(by: five)
    let product = UInt128(high) << 64 | UInt128(low)
    let left = product.leadingZeroBitCount
    let top = product << UInt128(left)
    let bits = UInt64(top >> 64) | (UInt64(truncatingIfNeeded: top) == 0 ? 0 : 1)
    return Double(bits) * twoTo(64 - left - shift + power)
  }

  /// A power of two within the normal numbers.
  @inline(__always)
  private static func twoTo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(exponent + 1023) << 52)
  }

  private static let tens: [Double] = (0...22).map { (0..<$0).reduce(1.0) { value, _ in value * 10 } }
  private static let fives: [UInt64] = (0...27).map { (0..<$0).reduce(UInt64(1)) { value, _ in value * 5 } }
}
