/// A value of `results.json`: what experiments compute and cells record.
///
/// `json` is how results are written; its `Codable` form keeps the kind of every number and serves the
/// conversation with cells.
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

extension RecordedValue {
  private enum Kind: String, CodingKey {
    case integer, real, text, boolean, list, object
  }

  /// Reads a value under the name of its kind.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Kind.self)
    switch container.allKeys.first {
    case .integer: self = .integer(try container.decode(Int.self, forKey: .integer))
    case .real:
      let name = try? container.decode(String.self, forKey: .real)
      switch name {
      case nil: self = .real(try container.decode(Double.self, forKey: .real))
      case "Infinity": self = .real(.infinity)
      case "-Infinity": self = .real(-.infinity)
      default: self = .real(.nan)
      }
    case .boolean: self = .boolean(try container.decode(Bool.self, forKey: .boolean))
    case .list: self = .list(try container.decode([RecordedValue].self, forKey: .list))
    case .object: self = .object(try container.decode([String: RecordedValue].self, forKey: .object))
    case .text, nil: self = .text(try container.decode(String.self, forKey: .text))
    }
  }

  /// Writes a value under the name of its kind; JSON has no non-finite numbers, so they are written as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Kind.self)
    switch self {
    case .integer(let value): try container.encode(value, forKey: .integer)
    case .real(let value) where value.isFinite: try container.encode(value, forKey: .real)
    case .real(let value): try container.encode(nonFiniteName(value), forKey: .real)
    case .text(let value): try container.encode(value, forKey: .text)
    case .boolean(let value): try container.encode(value, forKey: .boolean)
    case .list(let value): try container.encode(value, forKey: .list)
    case .object(let value): try container.encode(value, forKey: .object)
    }
  }
}

private func nonFiniteName(_ value: Double) -> String {
  value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
}

extension RecordedValue {
  /// The one way a value is written: two spaces of indentation, keys sorted by their bytes, reals as the
  /// shortest decimal that reads back as the same Double, non-finite numbers as text.
  ///
  /// Ends without a newline.
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
      writeItems(items.count, open: "[", close: "]", to: &text, indentation, indents && !isFlat) {
        index, text in
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
