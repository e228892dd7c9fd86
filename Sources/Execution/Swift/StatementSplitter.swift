/// Splits the source of a cell into its top-level statements, without a Swift parser: a statement ends at a line's end
/// unless a bracket is open, an operator waits for its right side, or the next line goes on.
package struct StatementSplitter {
  private let characters: [Character]
  private var tokens: [SwiftLexer.Token]

  init(_ source: String) {
    characters = Array(source)
    var lexer = SwiftLexer(characters)
    tokens = lexer.tokens()
  }

  /// The statements in order.
  package static func statements(of source: String) -> [SwiftStatement] {
    StatementSplitter(source).statements()
  }

  /// The first bracket of a cell that has no partner: its line and column from zero.
  package static func unbalancedBracket(
    in source: String
  ) -> (line: Int, column: Int, text: String, isOpening: Bool)? {
    let splitter = StatementSplitter(source)
    var open: [SwiftLexer.Token] = []
    for token in splitter.tokens {
      if token.kind == .open { open.append(token) }
      guard token.kind == .close else { continue }
      guard let last = open.popLast() else { return splitter.place(of: token, isOpening: false) }
      let pairs = ["(": ")", "[": "]", "{": "}"]
      if pairs[last.text] != token.text { return splitter.place(of: last, isOpening: true) }
    }
    return open.last.map { splitter.place(of: $0, isOpening: true) }
  }

  private func place(
    of token: SwiftLexer.Token, isOpening: Bool
  ) -> (line: Int, column: Int, text: String, isOpening: Bool) {
    let before = characters[..<token.range.lowerBound]
    let lineStart = before.lastIndex(where: \.isNewline).map { $0 + 1 } ?? 0
    return (before.count(where: \.isNewline), token.range.lowerBound - lineStart, token.text, isOpening)
  }

  private func statements() -> [SwiftStatement] {
    var result: [SwiftStatement] = []
    var current: [SwiftLexer.Token] = []
    var depth = 0
    func end() {
      if let statement = statement(of: current) { result.append(statement) }
      current = []
    }
    for (position, token) in tokens.enumerated() {
      switch token.kind {
      case .newline:
        if depth == 0, !current.isEmpty, !goesOn(current, after: position) { end() }
        continue
      case .separator where token.text == ";" && depth == 0:
        end()
        continue
      case .open: depth += 1
      case .close: depth = max(0, depth - 1)
      case .directive where token.text == "#if": depth += 1
      case .directive where token.text == "#endif": depth = max(0, depth - 1)
      default: break
      }
      current.append(token)
    }
    end()
    return result
  }

  private static let openWords: Set<String> = [
    "else", "in", "try", "await", "throw", "let", "var", "func", "struct", "class", "enum", "protocol",
    "extension",
    "import", "case", "where", "as", "is", "if", "guard", "for", "while", "switch",
  ]

  /// Whether the statement continues behind the line's end at a position of the tokens.
  private func goesOn(_ current: [SwiftLexer.Token], after position: Int) -> Bool {
    guard let last = current.last else { return false }
    switch last.kind {
    case .separator: return true
    case .word where Self.openWords.contains(last.text): return true
    case .word where last.text.hasPrefix("@") && current.count == 1: return true
    // An operator with space before it waits for its right side; `x!` and `x?` do not.
    case .symbol where last.hasSpaceBefore || last.text == "=" || last.text == ".": return true
    default: break
    }
    guard let next = tokens[position...].first(where: { $0.kind != .newline }) else { return false }
    switch next.kind {
    case .symbol:
      if next.text.hasPrefix("."), !next.text.hasPrefix("...") { return true }
      return next.hasSpaceAfter
    case .separator: return next.text != ";"
    case .word:
      if ["else", "catch", "where", "as", "is"].contains(next.text) { return true }
      return next.text == "while" && current.first?.text == "repeat"
    // A brace on a line of its own belongs to what stands before it only if that wants one.
    case .open:
      return next.text == "{" && kind(of: current) != .expression && kind(of: current) != .variableDeclaration
    case .close: return true
    default: return false
    }
  }

  private func statement(of tokens: [SwiftLexer.Token]) -> SwiftStatement? {
    guard let first = tokens.first, let last = tokens.last else { return nil }
    let before = characters[..<first.range.lowerBound]
    let lineStart = before.lastIndex(where: \.isNewline).map { $0 + 1 } ?? 0
    return SwiftStatement(
      kind: kind(of: tokens), firstLine: before.count(where: \.isNewline),
      column: first.range.lowerBound - lineStart,
      text: String(characters[first.range.lowerBound..<last.range.upperBound]))
  }

  private static let modifiers: Set<String> = [
    "public", "private", "fileprivate", "internal", "package", "open", "final", "indirect", "nonisolated",
    "lazy",
    "weak", "unowned", "prefix", "postfix", "infix", "dynamic", "mutating",
  ]

  private func kind(of tokens: [SwiftLexer.Token]) -> SwiftStatement.Kind {
    switch leadingWord(tokens) {
    case "import": .importDeclaration
    case "struct", "class", "enum", "protocol", "actor", "typealias", "precedencegroup": .typeDeclaration
    case "extension": .extensionDeclaration
    case "func", "operator": .functionDeclaration
    case "let", "var": .variableDeclaration
    case "if", "guard", "for", "while", "repeat", "do", "switch", "return", "throw", "break", "continue",
      "defer",
      "#if", "#warning", "#error", "#sourceLocation":
      .control
    default: isAssignment(tokens) ? .control : .expression
    }
  }

  /// The first word behind attributes and modifiers.
  private func leadingWord(_ tokens: [SwiftLexer.Token]) -> String? {
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .word, token.text.hasPrefix("@") {
        index += 1
        if index < tokens.count, tokens[index].text == "(", !tokens[index].hasSpaceBefore {
          index = behindBracket(tokens, index)
        }
      } else if token.kind == .word, Self.modifiers.contains(token.text), index + 1 < tokens.count,
        tokens[index + 1].kind == .word
      {
        index += 1
      } else {
        return token.text
      }
    }
    return nil
  }

  private func behindBracket(_ tokens: [SwiftLexer.Token], _ start: Int) -> Int {
    var depth = 0
    for index in start..<tokens.count {
      if tokens[index].kind == .open { depth += 1 }
      if tokens[index].kind == .close { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return tokens.count
  }

  private static let comparisons: Set<String> = ["==", "!=", "<=", ">=", "===", "!==", "~="]

  private func isAssignment(_ tokens: [SwiftLexer.Token]) -> Bool {
    var depth = 0
    for token in tokens {
      if token.kind == .open { depth += 1 }
      if token.kind == .close { depth -= 1 }
      guard depth == 0, token.kind == .symbol, token.text.hasSuffix("=") else { continue }
      if !Self.comparisons.contains(token.text) { return true }
    }
    return false
  }
}
