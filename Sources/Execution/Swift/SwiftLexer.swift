/// Tokens of Swift, as coarse as splitting a cell into statements allows: words, operators, brackets, literals, and
/// where lines end.
struct SwiftLexer {
  struct Token: Equatable {
    enum Kind: Equatable {
      case word, number, string, symbol, open, close, separator, newline, directive
    }

    var kind: Kind
    var text: String
    /// The index of the first character and that behind the last.
    var range: Range<Int>
    var hasSpaceBefore = false
    var hasSpaceAfter = false
  }

  private let characters: [Character]
  private var index = 0

  init(_ characters: [Character]) { self.characters = characters }

  /// All tokens; comments count as space.
  mutating func tokens() -> [Token] {
    var tokens: [Token] = []
    var sawSpace = true
    while index < characters.count {
      let character = characters[index]
      if character == " " || character == "\t" {
        index += 1
        sawSpace = true
      } else if skipComment() {
        sawSpace = true
      } else {
        if sawSpace, !tokens.isEmpty { tokens[tokens.count - 1].hasSpaceAfter = true }
        var token = next()
        token.hasSpaceBefore = sawSpace
        sawSpace = token.kind == .newline
        if token.kind == .newline, !tokens.isEmpty { tokens[tokens.count - 1].hasSpaceAfter = true }
        tokens.append(token)
      }
    }
    if !tokens.isEmpty { tokens[tokens.count - 1].hasSpaceAfter = true }
    return tokens
  }

  private func peek(_ offset: Int) -> Character? {
    index + offset < characters.count ? characters[index + offset] : nil
  }

  private mutating func skipComment() -> Bool {
    guard characters[index] == "/", let second = peek(1) else { return false }
    if second == "/" {
      while index < characters.count, !characters[index].isNewline { index += 1 }
      return true
    }
    guard second == "*" else { return false }
    var depth = 0
    repeat {
      if characters[index] == "/", peek(1) == "*" {
        depth += 1
        index += 2
      } else if characters[index] == "*", peek(1) == "/" {
        depth -= 1
        index += 2
      } else {
        index += 1
      }
    } while depth > 0 && index < characters.count
    return true
  }

  private mutating func next() -> Token {
    let start = index
    let character = characters[index]
    let kind: Token.Kind
    switch character {
    case _ where character.isNewline:
      index += 1
      kind = .newline
    case "(", "[", "{":
      index += 1
      kind = .open
    case ")", "]", "}":
      index += 1
      kind = .close
    case ",", ";", ":":
      index += 1
      kind = .separator
    case "\"":
      skipString(pounds: 0)
      kind = .string
    case "#": kind = pound()
    case _
    where character.isLetter || character == "_" || character == "@" || character == "$" || character == "`":
      index += 1
      while let following = peek(0),
        following.isLetter || following.isNumber || following == "_" || following == "`"
      {
        index += 1
      }
      kind = .word
    case _ where character.isNumber:
      skipNumber()
      kind = .number
    default:
      while let following = peek(0), "+-*/=<>!&|^~?.%".contains(following) || following.isSymbol {
        index += 1
      }
      if index == start { index += 1 }
      kind = .symbol
    }
    return Token(kind: kind, text: String(characters[start..<index]), range: start..<index)
  }

  private mutating func skipNumber() {
    while let following = peek(0) {
      let continuesFraction = following == "." && (peek(1)?.isNumber ?? false)
      let isExponentSign =
        (following == "-" || following == "+") && "eEpP".contains(characters[index - 1])
      guard
        following.isLetter || following.isNumber || following == "_" || continuesFraction || isExponentSign
      else { return }
      index += 1
    }
  }

  /// A raw string, a regular expression, or a directive such as `#if`.
  private mutating func pound() -> Token.Kind {
    var pounds = 0
    while peek(pounds) == "#" { pounds += 1 }
    if peek(pounds) == "\"" {
      index += pounds
      skipString(pounds: pounds)
      return .string
    }
    if peek(pounds) == "/" {
      index += pounds + 1
      while index < characters.count, !(characters[index] == "/" && hasPounds(pounds, at: 1)) { index += 1 }
      index = min(index + 1 + pounds, characters.count)
      return .string
    }
    index += 1
    while let following = peek(0), following.isLetter { index += 1 }
    return .directive
  }

  /// A string with its interpolations; `index` is at its first quote.
  private mutating func skipString(pounds: Int) {
    let isMultiline = peek(1) == "\"" && peek(2) == "\""
    let quotes = isMultiline ? 3 : 1
    index += quotes
    while index < characters.count {
      let character = characters[index]
      if character == "\\", hasPounds(pounds, at: 1) {
        index += 1 + pounds
        if peek(0) == "(" { skipInterpolation() } else { index += 1 }
      } else if character == "\"", closes(quotes, pounds) {
        index += quotes + pounds
        return
      } else if character.isNewline, !isMultiline {
        return
      } else {
        index += 1
      }
    }
  }

  private func hasPounds(_ count: Int, at offset: Int) -> Bool {
    (0..<count).allSatisfy { peek(offset + $0) == "#" }
  }

  private func closes(_ quotes: Int, _ pounds: Int) -> Bool {
    (0..<quotes).allSatisfy { peek($0) == "\"" } && hasPounds(pounds, at: quotes)
  }

  private mutating func skipInterpolation() {
    var depth = 0
    while index < characters.count {
      let character = characters[index]
      if character == "\"" {
        skipString(pounds: 0)
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      index += 1
      if depth == 0 { return }
    }
  }
}
