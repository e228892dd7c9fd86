import Foundation

/// Numbers as readers see them.
package enum NumberText {
  /// A number with so many decimals, or in its shortest form with at most six significant digits.
  ///
  /// Minus signs are U+2212.
  package static func text(_ value: Double, decimals: Int? = nil) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
    let plain = decimals.map { fixed(value, $0) } ?? shortest(value)
    return plain.replacing("-", with: "−")
  }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    let text = String(format: "%.\(max(0, min(decimals, 17)))f", locale: nil, value)
    // What rounds to zero has no sign.
    return text.utf8.allSatisfy { "-0.".utf8.contains($0) } ? text.replacing("-", with: "") : text
  }

  private static func shortest(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    let text = String(format: "%.6g", locale: nil, value)
    guard let exponent = text.firstIndex(of: "e") else { return text }
    let digits = text[..<exponent]
    let power = Int(text[text.index(after: exponent)...]) ?? 0
    return "\(digits)e\(power)"
  }
}
