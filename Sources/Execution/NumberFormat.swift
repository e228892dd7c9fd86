import Components

/// How an inline value is written: `3` decimals, `3s` significant digits, `1%` percent.
package enum NumberFormat: Equatable {
  case decimals(Int)
  case significant(Int)
  case percent(Int)

  /// Reads a format; nil if it is none.
  package init?(_ text: String) {
    let text = text.filter { $0 != " " }
    guard let last = text.last, last.isASCII else { return nil }
    let digits = last.isNumber ? Int(text) : Int(text.dropLast())
    guard let digits, (0...15).contains(digits) else { return nil }
    switch last {
    case "s": self = .significant(max(digits, 1))
    case "%": self = .percent(digits)
    case _ where last.isNumber: self = .decimals(digits)
    default: return nil
    }
  }

  /// A number in this format.
  package func text(_ value: Double) -> String {
    switch self {
    case .decimals(let digits): ValueFormat.decimals(value, digits)
    case .significant(let digits): ValueFormat.significant(value, digits)
    case .percent(let digits): ValueFormat.decimals(value * 100, digits) + " %"
    }
  }
}
