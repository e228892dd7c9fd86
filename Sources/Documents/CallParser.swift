import Components

/// Reads a call from the source: `name(positional, named: value, named=value)`.
///
/// Values are scalars, quoted texts, lists, maps, tagged values and calls again; every node keeps its place.
struct CallParser {
  private let source: SourceText
  private let bytes: [UInt8]
  private var offset: Int
  private var depth = 0
  private var callName = ""

  /// Nesting beyond this is a mistake, and would exhaust the stack.
  private static let deepestNesting = 50

  init(_ source: SourceText, at offset: Int) {
    self.source = source
    bytes = source.bytes
    self.offset = offset
  }

  /// The call that begins here.
  mutating func call() throws(Problem) -> RecipeNode {
    let begin = offset
    while let byte = current, YAMLMask.belongsToName(byte) { offset += 1 }
    let name = bytes[begin..<offset].text
    let outerName = callName
    callName = name
    defer { callName = outerName }
    try enter("(")
    var arguments: [RecipeNode.Argument] = []
    while try !leave(")") {
      if let last = arguments.last, last.label != nil, !hasLabel() {
        throw failure("a positional argument cannot follow a named one")
      }
      arguments.append(try argument())
      try separate(before: ")")
    }
    return node(.call(name: name, arguments: arguments), begin)
  }

  private mutating func argument() throws(Problem) -> RecipeNode.Argument {
    let position = source.position(at: offset)
    var label: String?
    if hasLabel() {
      let begin = offset
      while let byte = current, YAMLMask.belongsToName(byte) { offset += 1 }
      label = bytes[begin..<offset].text
      skipSpace()
      offset += 1
      skipSpace()
    }
    return RecipeNode.Argument(label: label, position: position, value: try value(until: ",)"))
  }

  /// Whether a name followed by `:` or `=` stands here.
  private func hasLabel() -> Bool {
    var index = offset
    guard index < bytes.count, bytes[index].isLetter else { return false }
    while index < bytes.count, YAMLMask.belongsToName(bytes[index]) { index += 1 }
    while index < bytes.count, bytes[index].isBlank { index += 1 }
    return index < bytes.count && (bytes[index] == .colon || bytes[index] == UInt8(ascii: "="))
  }

  private mutating func value(until ends: String) throws(Problem) -> RecipeNode {
    let begin = offset
    switch current {
    case UInt8(ascii: "!"): return try taggedValue(until: ends)
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "{"): return try map()
    case .doubleQuote, .singleQuote: return quotedScalar()
    case let byte? where byte.isLetter:
      var index = offset
      while index < bytes.count, YAMLMask.belongsToName(bytes[index]) { index += 1 }
      if index < bytes.count, bytes[index] == UInt8(ascii: "("), endsValue(at: index, ends) {
        return try call()
      }
    default: break
    }
    let text = plainText(until: ends)
    guard !text.isEmpty else { throw failure("a value is missing", at: begin) }
    return node(.scalar(text, isQuoted: false), begin)
  }

  /// Whether the parenthesis at the index closes where the value ends: `f(x)` is a call, `f(x)*2` a text.
  private func endsValue(at open: Int, _ ends: String) -> Bool {
    var nesting = 0
    var index = open
    while index < bytes.count {
      if bytes[index] == .doubleQuote || bytes[index] == .singleQuote {
        index = YAMLMask.endOfQuoted(bytes, from: index)
        continue
      }
      if bytes[index] == UInt8(ascii: "(") { nesting += 1 }
      if bytes[index] == UInt8(ascii: ")") {
        nesting -= 1
        if nesting == 0 { break }
      }
      index += 1
    }
    index += 1
    while index < bytes.count, bytes[index].isWhitespace { index += 1 }
    return index < bytes.count && ends.utf8.contains(bytes[index])
  }

  private mutating func taggedValue(until ends: String) throws(Problem) -> RecipeNode {
    let begin = offset
    offset += 1
    let nameBegin = offset
    while let byte = current, YAMLMask.belongsToName(byte) { offset += 1 }
    let name = bytes[nameBegin..<offset].text
    skipSpace()
    guard !name.isEmpty else { throw failure("the mark ! needs a name", at: begin) }
    return node(.tagged(name, try value(until: ends)), begin)
  }

  private mutating func list() throws(Problem) -> RecipeNode {
    let begin = offset
    try enter("[")
    var items: [RecipeNode] = []
    while try !leave("]") {
      items.append(try value(until: ",]"))
      try separate(before: "]")
    }
    return node(.list(items), begin)
  }

  private mutating func map() throws(Problem) -> RecipeNode {
    let begin = offset
    try enter("{")
    var entries: [RecipeNode.Entry] = []
    while try !leave("}") {
      let keyBegin = offset
      let key: String
      if current == .doubleQuote || current == .singleQuote {
        key = quotedText()
      } else {
        key = plainText(until: ":,}")
      }
      skipSpace()
      guard current == .colon, !key.isEmpty else { throw failure("a map needs key: value", at: keyBegin) }
      let position = source.position(at: keyBegin)
      if let first = entries.first(where: { $0.key == key }) {
        throw Problem(DocumentError.duplicateKey(key, firstLine: first.keyPosition.line), at: position)
      }
      offset += 1
      skipSpace()
      entries.append(RecipeNode.Entry(key: key, keyPosition: position, value: try value(until: ",}")))
      try separate(before: "}")
    }
    return node(.map(entries), begin)
  }

  private mutating func quotedScalar() -> RecipeNode {
    let begin = offset
    return node(.scalar(quotedText(), isQuoted: true), begin)
  }

  private mutating func quotedText() -> String {
    let begin = offset
    let quote = bytes[begin]
    offset = YAMLMask.endOfQuoted(bytes, from: begin)
    var text: [UInt8] = []
    var index = begin + 1
    while index < offset - 1 {
      if quote == .doubleQuote, bytes[index] == .backslash, index + 1 < offset - 1 {
        index += 1
        let escaped: [UInt8: UInt8] = [UInt8(ascii: "n"): .newline, UInt8(ascii: "t"): .tab]
        text.append(escaped[bytes[index]] ?? bytes[index])
      } else {
        // A doubled single quote stands for one.
        if quote == .singleQuote, bytes[index] == quote { index += 1 }
        text.append(bytes[index])
      }
      index += 1
    }
    return text.text
  }

  /// The text until one of the ends, parentheses inside balanced.
  private mutating func plainText(until ends: String) -> String {
    let begin = offset
    var nesting = 0
    while let byte = current {
      if nesting == 0, byte == UInt8(ascii: ")") || ends.utf8.contains(byte) { break }
      if byte == UInt8(ascii: "(") { nesting += 1 }
      if byte == UInt8(ascii: ")") { nesting -= 1 }
      offset += 1
    }
    var end = offset
    while end > begin, bytes[end - 1].isWhitespace { end -= 1 }
    return bytes[begin..<end].text
  }

  private mutating func enter(_ mark: String) throws(Problem) {
    depth += 1
    guard depth <= Self.deepestNesting else { throw failure("nested too deeply") }
    guard let byte = mark.utf8.first, current == byte else { throw failure("\"\(mark)\" is missing") }
    offset += 1
    skipSpace()
  }

  private mutating func leave(_ mark: String) throws(Problem) -> Bool {
    guard let byte = current else { throw failure("\"\(mark)\" is missing") }
    guard mark.utf8.first == byte else { return false }
    depth -= 1
    offset += 1
    return true
  }

  private mutating func separate(before mark: String) throws(Problem) {
    skipSpace()
    if current == .comma {
      offset += 1
      skipSpace()
    } else if current.map({ mark.utf8.first != $0 }) ?? true {
      throw failure("expected \",\" or \"\(mark)\"")
    }
  }

  private mutating func skipSpace() {
    while let byte = current {
      if byte == .hash, offset > 0, bytes[offset - 1].isWhitespace {
        while offset < bytes.count, bytes[offset] != .newline { offset += 1 }
      } else if byte.isWhitespace {
        offset += 1
      } else {
        return
      }
    }
  }

  private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func node(_ kind: RecipeNode.Kind, _ begin: Int) -> RecipeNode {
    RecipeNode(kind, at: source.position(at: begin))
  }

  private func failure(_ problem: String, at begin: Int? = nil) -> Problem {
    Problem(
      DocumentError.callSyntax(call: callName, problem: problem), at: source.position(at: begin ?? offset))
  }
}
