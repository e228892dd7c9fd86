import Components
import Plotting

/// A number of a table in the parts that line up with those of its column.
struct WrittenNumber: Equatable {
  /// What stands before the point, or the whole of `NaN` and of the dash for a missing number.
  var whole: String
  /// The digits behind the point; empty for none.
  var fraction = ""
  /// The power of ten of a number without error.
  var power = ""
  /// The error before its point.
  var errorWhole = ""
  /// The error's digits behind the point.
  var errorFraction = ""
  /// The power of ten that a number shares with its error.
  var sharedPower = ""
  /// A percent sign, or nothing.
  var unit = ""

  /// Whether it has an error.
  var hasError: Bool { !errorWhole.isEmpty }
}

extension WrittenNumber {
  /// The number of a cell; nil for texts.
  init?(_ cell: Table.Cell, _ format: Table.Format?) {
    switch cell {
    case .text, .boolean: return nil
    case .missing: self.init(whole: "–")
    case .integer(let value):
      // Counts have no decimals, whatever the column asks of other numbers.
      if case .percent = format {
        self.init(Double(value), format)
      } else {
        self.init(whole: "\(value)".replacing("-", with: "−"))
      }
    case .real(let value): self.init(value, format)
    case .uncertain(let value, let error): self.init(value, error: error, format)
    }
  }

  private init(_ value: Double, _ format: Table.Format?) {
    let text: String
    switch format {
    case nil: text = ValueFormat.short(value)
    case .decimals(let digits): text = ValueFormat.decimals(value, digits)
    case .significant(let digits): text = ValueFormat.significant(value, max(digits, 1))
    case .percent(let digits): text = ValueFormat.decimals(value * 100, digits)
    }
    let parts = Self.parts(text)
    self.init(whole: parts.whole, fraction: parts.fraction, power: parts.power)
    if case .percent = format, value.isFinite { unit = " %" }
  }

  private init(_ value: Double, error: Double, _ format: Table.Format?) {
    guard value.isFinite, !error.isNaN else {
      self.init(value, format)
      return
    }
    let isPercent = if case .percent = format { true } else { false }
    let scale = isPercent ? 100.0 : 1
    var text = ValueFormat.uncertain(value * scale, error * scale)
    var power = ""
    if text.hasPrefix("("), let end = text.lastIndex(of: ")") {
      power = text[text.index(after: end)...].drop { $0 == "e" }.description
      text = String(text[text.index(after: text.startIndex)..<end])
    }
    let sides = text.split(separator: " ± ", maxSplits: 1).map(String.init)
    let (number, spread) = (Self.parts(sides.first ?? text), Self.parts(sides.count > 1 ? sides[1] : "0"))
    self.init(
      whole: number.whole, fraction: number.fraction, power: number.power, errorWhole: spread.whole,
      errorFraction: spread.fraction, sharedPower: power.replacing("-", with: "−"))
    if isPercent { unit = " %" }
  }

  /// A written number taken apart at its point and before its exponent.
  private static func parts(_ text: String) -> (whole: String, fraction: String, power: String) {
    let signed = text.replacing("-", with: "−")
    // The names of numbers that are not finite have no exponent.
    guard signed.contains(where: \.isNumber) else { return (signed, "", "") }
    let halves = signed.split(separator: "e", maxSplits: 1).map(String.init)
    let digits = (halves.first ?? signed).split(separator: ".", maxSplits: 1).map(String.init)
    return (digits.first ?? signed, digits.count > 1 ? digits[1] : "", halves.count > 1 ? halves[1] : "")
  }
}
