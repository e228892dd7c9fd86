import Plotting

/// The bytes of an SVG document under construction.
struct SVGText {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// The text so far.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

  mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  /// A text in which the signs of markup are written as entities.
  mutating func append(escaped text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\""): append("&quot;")
      // XML has no control characters, not even as entities.
      case 0..<32 where byte != 9 && byte != 10: append(UInt8(ascii: " "))
      default: append(byte)
      }
    }
  }

  /// A whole number.
  mutating func append(integer value: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    appendDigits(value.magnitude)
  }

  /// A number in points, rounded to 0.01.
  mutating func append(points value: Double) { append(units: SVGText.hundredths(value), decimals: 2) }

  /// A whole number of units of a power of ten, as a decimal without needless zeros.
  mutating func append(units value: Int, decimals: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var scale: UInt = 1
    for _ in 0..<decimals { scale *= 10 }
    var (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: scale)
    if whole > 0 || rest == 0 { appendDigits(whole) }
    guard rest > 0 else { return }
    append(UInt8(ascii: "."))
    while rest > 0 {
      scale /= 10
      (whole, rest) = rest.quotientAndRemainder(dividingBy: scale)
      append(UInt8(ascii: "0") + UInt8(whole))
    }
  }

  private mutating func appendDigits(_ value: UInt) {
    var divisor: UInt = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }

  /// A length in hundredths of a point; what no canvas holds is 0.
  static func hundredths(_ value: Double) -> Int {
    guard value.isFinite, value.magnitude < 1e12 else { return 0 }
    return Int((value * 100).rounded())
  }
}
