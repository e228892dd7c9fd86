import Components

/// JSON as Python's module `json` writes it: on one line, with the words `NaN`, `Infinity` and `-Infinity` for numbers
/// that are none.
///
/// A null that stands alone is nil; one inside of lists and objects, for which recorded values have no case, is not a
/// number.
public enum PythonJSON {
  /// The value that a text holds; throws if it holds none, or more than one.
  public static func value(of text: some StringProtocol) throws -> RecordedValue? {
    var reader = PythonJSONReader(Array(text.utf8))
    guard let item = reader.document() else {
      throw StorageError.unreadableValue(String(text.prefix(80)))
    }
    return item.value
  }

  /// A value as text.
  public static func text(_ value: RecordedValue?) -> String {
    guard let value else { return "null" }
    var text = ""
    write(value, to: &text)
    return text
  }

  private static func write(_ value: RecordedValue, to text: inout String) {
    switch value {
    case .real(let number): text += word(number)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += ", " }
        write(item, to: &text)
      }
      text += "]"
    case .object(let object):
      text += "{"
      let keys = object.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for (index, key) in keys.enumerated() {
        if index > 0 { text += ", " }
        text += RecordedValue.text(key).compactJSON + ": "
        if let item = object[key] { write(item, to: &text) }
      }
      text += "}"
    case .integer, .text, .boolean: text += value.compactJSON
    }
  }

  private static func word(_ number: Double) -> String {
    if number.isFinite { return "\(number)" }
    return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
  }
}

/// Reads JSON from bytes.
private struct PythonJSONReader {
  /// A value that was read, which may be null.
  struct Item {
    var value: RecordedValue?
  }

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() -> Item? {
    guard let item = item() else { return nil }
    skipSpace()
    return position == bytes.count ? item : nil
  }

  private mutating func item() -> Item? {
    skipSpace()
    guard position < bytes.count, depth < 200 else { return nil }
    depth += 1
    defer { depth -= 1 }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object().map { Item(value: .object($0)) }
    case UInt8(ascii: "["): return list().map { Item(value: .list($0)) }
    case UInt8(ascii: "\""): return text().map { Item(value: .text($0)) }
    default: return word()
    }
  }

  private mutating func word() -> Item? {
    let start = position
    while position < bytes.count, !isDelimiter(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "null": return Item(value: nil)
    case "true": return Item(value: .boolean(true))
    case "false": return Item(value: .boolean(false))
    case "NaN": return Item(value: .real(.nan))
    case "Infinity": return Item(value: .real(.infinity))
    case "-Infinity": return Item(value: .real(-.infinity))
    default: return number(text).map { Item(value: $0) }
    }
  }

  private func number(_ text: String) -> RecordedValue? {
    guard Self.isNumber(text) else { return nil }
    if let whole = Int(text) { return .integer(whole) }
    return Double(text).map { .real($0) }
  }

  /// Whether a text is a number by the grammar of JSON; Swift reads more than that, such as hexadecimal ones.
  private static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    if rest.first == "-" { rest.removeFirst() }
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    guard !whole.isEmpty, whole.count == 1 || whole.first != "0" else { return false }
    rest.removeFirst(whole.count)
    if rest.first == "." {
      rest.removeFirst()
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty else { return false }
      rest.removeFirst(digits.count)
    }
    if let mark = rest.first, mark == "e" || mark == "E" {
      rest.removeFirst()
      if let sign = rest.first, sign == "+" || sign == "-" { rest.removeFirst() }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty else { return false }
      rest.removeFirst(digits.count)
    }
    return rest.isEmpty
  }

  private mutating func list() -> [RecordedValue]? {
    position += 1
    var items: [RecordedValue] = []
    if takes("]") { return items }
    while true {
      guard let item = item() else { return nil }
      items.append(item.value ?? .real(.nan))
      if takes("]") { return items }
      guard takes(",") else { return nil }
    }
  }

  private mutating func object() -> [String: RecordedValue]? {
    position += 1
    var object: [String: RecordedValue] = [:]
    if takes("}") { return object }
    while true {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\""), let key = text(), takes(":"),
        let item = item()
      else { return nil }
      object[key] = item.value ?? .real(.nan)
      if takes("}") { return object }
      guard takes(",") else { return nil }
    }
  }

  private mutating func text() -> String? {
    position += 1
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: result, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard let scalar = escaped() else { return nil }
      result += Array(String(Character(scalar)).utf8)
    }
    return nil
  }

  private mutating func escaped() -> Unicode.Scalar? {
    guard position < bytes.count else { return nil }
    let mark = bytes[position]
    position += 1
    switch mark {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(mark)
    case UInt8(ascii: "u"): return codePoint()
    default: return nil
    }
  }

  /// A character by its number, beyond the first plane by two; half of a pair alone becomes the mark of what is missing.
  private mutating func codePoint() -> Unicode.Scalar? {
    guard let high = fourDigits() else { return nil }
    if let scalar = Unicode.Scalar(high) { return scalar }
    let before = position
    if high < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      if let low = fourDigits(), (0xDC00...0xDFFF).contains(low) {
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      }
      position = before
    }
    return "\u{FFFD}"
  }

  private mutating func fourDigits() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard digits.allSatisfy(\.isHexDigit), let number = UInt32(digits, radix: 16) else { return nil }
    position += 4
    return number
  }

  private mutating func takes(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, isSpace(bytes[position]) { position += 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D:
      true
    default: false
    }
  }
}
