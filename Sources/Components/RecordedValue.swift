/// A value of `results.json`: what experiments compute and cells record. `json` is how results are written; its
/// `Codable` form keeps the kind of every number and serves the conversation with cells.
public enum RecordedValue: Codable, Hashable, Sendable {
  case integer(Int)
  case real(Double)
  case text(String)
  case boolean(Bool)
  case list([RecordedValue])
  case object([String: RecordedValue])

  /// The value as a number, if it is one.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }

  /// The values of a list of numbers, if it is one.
  public var numbers: [Double]? {
    guard case .list(let items) = self else { return nil }
    let numbers = items.compactMap(\.number)
    return numbers.count == items.count ? numbers : nil
  }

  /// A list of reals.
  public static func reals(_ values: [Double]) -> RecordedValue { .list(values.map { .real($0) }) }
}

private func nonFiniteName(_ value: Double) -> String {
  value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
}

extension RecordedValue {
  /// The one way a value is written: two spaces of indentation, keys sorted by their bytes, reals as the shortest
  /// decimal that reads back as the same Double, non-finite numbers as text. Ends without a newline.
  public var json: String {
    var text = ""
    write(to: &text, indentation: 0, indents: true)
    return text
  }

  /// The same on one line.
  public var compactJSON: String {
    var text = ""
    write(to: &text, indentation: 0, indents: false)
    return text
  }

  private func write(to text: inout String, indentation: Int, indents: Bool) {
    switch self {
    case .integer(let value): text += "\(value)"
    case .real(let value): text += value.isFinite ? "\(value)" : "\"\(nonFiniteName(value))\""
    case .text(let value): writeJSON(value, to: &text)
    case .boolean(let value): text += value ? "true" : "false"
    case .list(let items):
      // Numbers share a line: a history of 500 epochs stays readable.
      let isFlat = items.allSatisfy { $0.number != nil }
      writeItems(items.count, open: "[", close: "]", to: &text, indentation, indents && !isFlat) { index, text in
        items[index].write(to: &text, indentation: indentation + 2, indents: indents)
      }
    case .object(let object):
      let keys = object.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      writeItems(keys.count, open: "{", close: "}", to: &text, indentation, indents) { index, text in
        writeJSON(keys[index], to: &text)
        text += indents ? ": " : ":"
        object[keys[index]]?.write(to: &text, indentation: indentation + 2, indents: indents)
      }
    }
  }

  private func writeItems(
    _ count: Int, open: String, close: String, to text: inout String, _ indentation: Int, _ indents: Bool,
    item: (Int, inout String) -> Void
  ) {
    text += open
    for index in 0..<count {
      if index > 0 { text += indents ? "," : ", " }
      if indents { text += "\n" + String(repeating: " ", count: indentation + 2) }
      item(index, &text)
    }
    if indents, count > 0 { text += "\n" + String(repeating: " ", count: indentation) }
    text += close
  }
}

/// Writes a text as a JSON string.
private func writeJSON(_ value: String, to text: inout String) {
  text += "\""
  for scalar in value.unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: text.unicodeScalars.append(scalar)
    }
  }
  text += "\""
}
