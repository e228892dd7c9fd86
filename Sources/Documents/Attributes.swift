/// What stands in braces behind a heading, a fence, a formula or `:::`: `{#id .class key="value"}`.
package struct Attributes: Sendable, Equatable {
  /// Without its `#`.
  package var id: String?
  /// Without their dots.
  package var classes: [String] = []
  /// Keys with their values, in order.
  package var values: [Value] = []

  /// A key with its value.
  package struct Value: Sendable, Equatable {
    /// What stands before `=`.
    package var key: String
    /// Without quotes.
    package var value: String
  }

  package init() {}

  /// The attributes in a text that includes its braces; nil if it is none.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 2, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else {
      return nil
    }
    var index = 1
    let end = bytes.count - 1
    while index < end {
      if bytes[index].isWhitespace {
        index += 1
        continue
      }
      let begin = index
      var equals: Int?
      while index < end, !bytes[index].isWhitespace {
        if bytes[index] == UInt8(ascii: "="), equals == nil { equals = index }
        if bytes[index] == .doubleQuote || bytes[index] == .singleQuote, equals != nil {
          index = min(end, YAMLMask.endOfQuoted(bytes, from: index))
        } else {
          index += 1
        }
      }
      guard add(bytes[begin..<index], equals: equals) else { return nil }
    }
  }

  /// The value of a key.
  package subscript(key: String) -> String? { values.first { $0.key == key }?.value }

  private mutating func add(_ word: ArraySlice<UInt8>, equals: Int?) -> Bool {
    if let equals {
      var value = word[(equals + 1)...]
      if let first = value.first, first == .doubleQuote || first == .singleQuote {
        value = value.dropFirst().dropLast()
      }
      values.append(Value(key: word[..<equals].text, value: value.text))
      return equals > word.startIndex
    }
    switch word.first {
    case .hash: id = word.dropFirst().text
    case UInt8(ascii: "."): classes.append(word.dropFirst().text)
    case UInt8(ascii: "-") where word.count == 1: classes.append("unnumbered")
    default: return false
    }
    return word.count > 1 || word.first == UInt8(ascii: "-")
  }
}
