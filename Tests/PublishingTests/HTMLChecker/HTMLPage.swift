/// Problems by their place in the bytes of a page.
struct Problems {
  var list: [(offset: Int, rule: String, message: String)] = []

  mutating func add(_ rule: String, at offset: Int, _ message: String) {
    list.append((offset, rule, message))
  }

  /// The problems in the order of the text, with their lines.
  func violations(in bytes: [UInt8]) -> [HTMLChecker.Violation] {
    var violations: [HTMLChecker.Violation] = []
    var (line, position) = (1, 0)
    let sorted = list.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
    for (_, problem) in sorted {
      let end = min(problem.offset, bytes.count)
      while position < end {
        if bytes[position] == .newline { line += 1 }
        position += 1
      }
      violations.append(.init(rule: problem.rule, line: line, message: problem.message))
    }
    return violations
  }
}

/// An element of a page; elements stand in the order of their start tags.
struct Element {
  /// The vocabulary that an element belongs to.
  enum Space { case html, svg, math }

  /// The name: in small letters in HTML, as written elsewhere.
  var name: String
  var space: Space
  /// Where its start tag begins.
  var offset: Int
  var parent: Int
  /// The index after its last descendant.
  var end: Int
  var attributes: Range<Int>
  /// The bytes between its tags.
  var content: Range<Int>
  /// How many pieces of text that are not blank stand directly in it.
  var texts = 0
  /// How many of these its parent had before it.
  var textsBefore = 0

  func isHTML(_ name: String) -> Bool { space == .html && self.name == name }
}

/// An attribute of an element.
struct Attribute {
  var name: String
  var offset: Int
  var value: Range<Int>
}

/// A page as a tree; its first element stands for the document.
struct HTMLPage {
  let bytes: [UInt8]
  var elements: [Element] = []
  var attributes: [Attribute] = []
  var hasDoctype = false

  /// The value of an attribute, decoded.
  func value(_ name: String, of index: Int) -> String? {
    for attribute in attributes[elements[index].attributes] where attribute.name == name {
      return text(attribute.value)
    }
    return nil
  }

  func has(_ name: String, _ index: Int) -> Bool {
    attributes[elements[index].attributes].contains { $0.name == name }
  }

  /// Bytes as text, with the common character references decoded.
  func text(_ range: Range<Int>) -> String {
    let text = String(decoding: bytes[range], as: UTF8.self)
    guard bytes[range].contains(.ampersand) else { return text }
    return CharacterReference.decoded(text)
  }

  /// The texts of an element without its tags.
  func plainText(of index: Int) -> String {
    var result: [UInt8] = []
    var isTag = false
    for byte in bytes[elements[index].content] {
      if byte == .less { isTag = true }
      if !isTag { result.append(byte) }
      if byte == .greater { isTag = false }
    }
    let text = CharacterReference.decoded(String(decoding: result, as: UTF8.self))
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The indices of the children of an element.
  func children(of index: Int) -> [Int] {
    var children: [Int] = []
    var child = index + 1
    while child < elements[index].end {
      children.append(child)
      child = elements[child].end
    }
    return children
  }

  /// The indices of an element and all in it.
  func range(of index: Int) -> Range<Int> { index..<elements[index].end }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let less = UInt8(ascii: "<")
  static let greater = UInt8(ascii: ">")
  static let slash = UInt8(ascii: "/")
  static let ampersand = UInt8(ascii: "&")
  static let equals = UInt8(ascii: "=")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let dash = UInt8(ascii: "-")
  static let bang = UInt8(ascii: "!")

  /// Whether HTML takes it for white space.
  var isBlank: Bool { self == 32 || self == 10 || self == 9 || self == 13 || self == 12 }
  var isLetter: Bool { (self | 32) >= 97 && (self | 32) <= 122 }
  var isDigit: Bool { self >= 48 && self <= 57 }
  var isHexDigit: Bool { isDigit || ((self | 32) >= 97 && (self | 32) <= 102) }
}
