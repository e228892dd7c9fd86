import Documents

/// Colors Swift: comments, texts, numbers, keywords, types, attributes and the names of functions that are called.
enum SwiftHighlighter {
  /// The HTML of some code.
  static func html(_ code: String) -> String {
    var lexer = SwiftLexer(bytes: Array(code.utf8))
    lexer.run()
    return lexer.writer.text
  }
}

private struct SwiftLexer {
  let bytes: [UInt8]
  var writer = CodeWriter()
  private var offset = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func run() {
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "/") where next == UInt8(ascii: "/"): take(through: endOfLine(), .comment)
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"): take(through: endOfComment(), .comment)
      case .doubleQuote: take(through: endOfText(marks: 0, from: offset), .string)
      case .hash: takeHash()
      case UInt8(ascii: "@"): take(through: endOfWord(from: offset + 1), .attribute)
      case .backtick: take(through: endOfWord(from: offset + 1) + 1, nil)
      case _ where byte.isDigit: take(through: endOfNumber(), .number)
      case _ where byte.isLetter || byte == UInt8(ascii: "_") || byte >= 0x80: takeWord()
      default: take(through: offset + 1, nil)
      }
    }
  }

  private var next: UInt8? { offset + 1 < bytes.count ? bytes[offset + 1] : nil }

  private mutating func take(through end: Int, _ token: CodeToken?) {
    let end = min(max(end, offset + 1), bytes.count)
    writer.add(bytes[offset..<end], token)
    offset = end
  }

  private mutating func takeWord() {
    let end = endOfWord(from: offset)
    let word = bytes[offset..<end].text
    let isMember = offset > 0 && bytes[offset - 1] == UInt8(ascii: ".")
    let isCalled = end < bytes.count && bytes[end] == UInt8(ascii: "(")
    let token: CodeToken? =
      if Self.keywords.contains(word), !isMember || word == "self" || word == "init" {
        .keyword
      } else if bytes[offset] >= UInt8(ascii: "A"), bytes[offset] <= UInt8(ascii: "Z") {
        .type
      } else if isCalled {
        .function
      } else {
        nil
      }
    take(through: end, token)
  }

  /// `#if`, `#expect`, or a raw text `#"…"#`.
  private mutating func takeHash() {
    var index = offset
    while index < bytes.count, bytes[index] == .hash { index += 1 }
    if index < bytes.count, bytes[index] == .doubleQuote {
      take(through: endOfText(marks: index - offset, from: index), .string)
    } else {
      take(through: endOfWord(from: index), .attribute)
    }
  }

  private func endOfLine() -> Int {
    bytes[offset...].firstIndex(of: .newline) ?? bytes.count
  }

  /// Comments nest.
  private func endOfComment() -> Int {
    var depth = 0
    var index = offset
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "/"), bytes[index + 1] == UInt8(ascii: "*") {
        depth += 1
        index += 2
      } else if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
        depth -= 1
        index += 2
        if depth == 0 { return index }
      } else {
        index += 1
      }
    }
    return bytes.count
  }

  /// Behind a text with so many `#` marks; interpolations may hold texts again.
  private func endOfText(marks: Int, from open: Int) -> Int {
    let isLong =
      bytes[open...].prefix(3).count == 3 && bytes[open...].prefix(3).allSatisfy { $0 == .doubleQuote }
    let quotes = isLong ? 3 : 1
    var index = open + quotes
    while index < bytes.count {
      if bytes[index] == .backslash, isMarked(index + 1, .hash, marks) {
        let behind = index + 1 + marks
        let isInterpolation = behind < bytes.count && bytes[behind] == UInt8(ascii: "(")
        index = isInterpolation ? endOfInterpolation(from: behind) : behind + 1
      } else if isMarked(index, .doubleQuote, quotes), isMarked(index + quotes, .hash, marks) {
        return index + quotes + marks
      } else if bytes[index] == .newline, !isLong {
        return index
      } else {
        index += 1
      }
    }
    return bytes.count
  }

  private func endOfInterpolation(from open: Int) -> Int {
    var depth = 0
    var index = open
    while index < bytes.count, bytes[index] != .newline {
      if bytes[index] == .doubleQuote {
        index = endOfText(marks: 0, from: index)
        continue
      }
      if bytes[index] == UInt8(ascii: "(") { depth += 1 }
      if bytes[index] == UInt8(ascii: ")") { depth -= 1 }
      index += 1
      if depth == 0 { return index }
    }
    return index
  }

  private func isMarked(_ begin: Int, _ mark: UInt8, _ count: Int) -> Bool {
    begin + count <= bytes.count && bytes[begin..<begin + count].allSatisfy { $0 == mark }
  }

  private func endOfWord(from begin: Int) -> Int {
    var end = begin
    while end < bytes.count,
      bytes[end].isAlphanumeric || bytes[end] == UInt8(ascii: "_") || bytes[end] >= 0x80
    {
      end += 1
    }
    return end
  }

  private func endOfNumber() -> Int {
    var end = offset
    while end < bytes.count {
      let byte = bytes[end]
      let isPoint = byte == UInt8(ascii: ".") && end + 1 < bytes.count && bytes[end + 1].isDigit
      let isExponentSign =
        (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")) && end > offset
        && (bytes[end - 1] | 0x20) == UInt8(ascii: "e") && bytes[offset..<min(offset + 2, end)].text != "0x"
      guard byte.isAlphanumeric || byte == UInt8(ascii: "_") || isPoint || isExponentSign else { break }
      end += 1
    }
    return end
  }

  private static let keywords: Set<String> = [
    "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch", "class",
    "consuming", "continue", "default", "defer", "deinit", "do", "each", "else", "enum", "extension",
    "fallthrough", "false", "fileprivate", "final", "for", "func", "get", "guard", "if", "import", "in",
    "indirect", "init", "inout", "internal", "is", "lazy", "let", "mutating", "nil", "nonisolated",
    "nonmutating", "open", "operator", "override", "package", "precedencegroup", "private", "protocol",
    "public", "repeat", "rethrows", "return", "self", "Self", "set", "some", "static", "struct", "subscript",
    "super", "switch", "throw", "throws", "true", "try", "typealias", "unowned", "var", "weak", "where",
    "while", "willSet", "didSet",
  ]
}
