import Components
import Plotting

/// The numbers of a column as HTML that lines up at the decimal point, at the ± and at powers of ten.
///
/// What a number lacks is filled up: digits and points with figure and punctuation spaces, which are as wide
/// as they, signs with the signs themselves, unseen.
struct NumberColumn {
  private let numbers: [WrittenNumber]
  private let fraction: Int
  private let power: Int
  private let errorWhole: Int
  private let errorFraction: Int
  private let sharedPower: Int
  private let unit: String

  /// Measures the numbers of a column; all of it shares the places.
  init(_ numbers: [WrittenNumber]) {
    self.numbers = numbers
    func most(_ part: KeyPath<WrittenNumber, String>) -> Int {
      numbers.map { $0[keyPath: part].count }.max() ?? 0
    }
    fraction = most(\.fraction)
    power = most(\.power)
    errorWhole = most(\.errorWhole)
    errorFraction = most(\.errorFraction)
    sharedPower = most(\.sharedPower)
    unit = numbers.first { !$0.unit.isEmpty }?.unit ?? ""
  }

  /// The HTML of one number; what stands out is strong.
  func html(_ row: Int, isStrong: Bool) -> String {
    let number = numbers[row]
    var html = Writer(isStrong: isStrong)
    if sharedPower > 0, !number.sharedPower.isEmpty { html.show("(") }
    html.show(number.whole)
    html.show(number.fraction.isEmpty ? "" : "." + number.fraction)
    // The sign stands at the last digits, before what fills the column up.
    if !number.hasError { unit(number, &html) }
    html.fill(Self.blank(fraction, number.fraction.count))
    power(number.power, most: power, &html)
    if errorWhole > 0 { error(number, &html) }
    if sharedPower > 0 { number.sharedPower.isEmpty ? html.hide(")") : html.show(")") }
    power(number.sharedPower, most: sharedPower, &html)
    if number.hasError, sharedPower > 0 { unit(number, &html) }
    return html.text
  }

  private func unit(_ number: WrittenNumber, _ html: inout Writer) {
    guard !unit.isEmpty else { return }
    number.unit.isEmpty ? html.hide(unit) : html.show(unit)
  }

  private func error(_ number: WrittenNumber, _ html: inout Writer) {
    guard number.hasError else {
      let digits = String(repeating: "0", count: errorWhole + errorFraction)
      html.hide(" ± " + digits + (errorFraction > 0 ? "." : ""))
      return
    }
    html.show(" ± ")
    html.fill(String(repeating: Self.digit, count: errorWhole - number.errorWhole.count))
    html.show(number.errorWhole + (number.errorFraction.isEmpty ? "" : "." + number.errorFraction))
    if sharedPower == 0 { unit(number, &html) }
    html.fill(Self.blank(errorFraction, number.errorFraction.count))
  }

  private func power(_ exponent: String, most: Int, _ html: inout Writer) {
    guard most > 0 else { return }
    let missing = String(repeating: Self.digit, count: most - exponent.count)
    if exponent.isEmpty {
      html.hide(" × 10<sup>\(missing)</sup>")
    } else {
      html.show(" × 10<sup>\(exponent)</sup>")
      if !missing.isEmpty { html.fill("<sup>\(missing)</sup>") }
    }
  }

  private static let digit = "\u{2007}"

  /// The width of a point and of digits where fewer stand.
  private static func blank(_ most: Int, _ count: Int) -> String {
    let point = most > 0 && count == 0 ? "\u{2008}" : ""
    return point + String(repeating: digit, count: most - count)
  }

  /// Puts what is seen, what is blank and what is hidden behind each other.
  private struct Writer {
    let isStrong: Bool
    private var shown = ""
    private var held = ""

    init(isStrong: Bool) { self.isStrong = isStrong }

    mutating func show(_ html: String) {
      guard !html.isEmpty else { return }
      shown += held + html
      held = ""
    }

    mutating func fill(_ blank: String) { held += blank }

    mutating func hide(_ html: String) { held += "<span class=\"pad\" aria-hidden=\"true\">\(html)</span>" }

    /// What follows the last thing seen stands outside of the strong text.
    var text: String { (isStrong ? "<strong>\(shown)</strong>" : shown) + held }
  }
}
