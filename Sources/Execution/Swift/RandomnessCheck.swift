import Components
import Documents

/// Finds calls in a Swift cell whose value nobody can compute again: random numbers without a seed, the clock, unique
/// identifiers.
package enum RandomnessCheck {
  private static let numbers = "draw from a seeded stream, as in RandomStream(seed: 1, .noise).uniform()"
  private static let orders = "use a seeded stream, as in RandomStream(seed: 1, .noise).shuffle(&elements)"
  private static let moments = "write the date or the name into the document"

  /// A warning for each call.
  package static func problems(of cell: Cell) -> [Problem] {
    let characters = Array(cell.source)
    var lexer = SwiftLexer(characters)
    let tokens = lexer.tokens().filter { $0.kind != .newline }
    return tokens.indices.compactMap { index in
      guard let (call, instead) = call(at: index, of: tokens) else { return nil }
      let before = characters[..<tokens[index].range.lowerBound]
      let column = before.count - (before.lastIndex(where: \.isNewline).map { $0 + 1 } ?? 0)
      let position = SourcePosition(
        file: cell.position.file, line: cell.sourceLine + before.count(where: \.isNewline), column: column + 1
      )
      return Problem(
        ExecutionError.differsFromRunToRun(call: call, instead: instead), at: position, severity: .warning)
    }
  }

  private static func call(at index: Int, of tokens: [SwiftLexer.Token]) -> (call: String, instead: String)? {
    func text(_ offset: Int) -> String? {
      tokens.indices.contains(index + offset) ? tokens[index + offset].text : nil
    }
    guard tokens[index].kind == .word, text(1) == "(",
      !arguments(from: index + 1, of: tokens).contains("using")
    else {
      return nil
    }
    let name = tokens[index].text
    let isMember = text(-1) == "."
    switch name {
    case "random" where isMember:
      let type =
        tokens.indices.contains(index - 2) && tokens[index - 2].kind == .word ? tokens[index - 2].text : ""
      return ("\(type).random", numbers)
    case "shuffled", "shuffle", "randomElement":
      return isMember && text(2) == ")" ? ("\(name)()", orders) : nil
    case "Date", "UUID":
      return !isMember && text(2) == ")" && !isDeclared(index, tokens) ? ("\(name)()", moments) : nil
    case "SystemRandomNumberGenerator":
      return ("\(name)", numbers)
    default: return nil
    }
  }

  private static func isDeclared(_ index: Int, _ tokens: [SwiftLexer.Token]) -> Bool {
    index > 0 && ["func", "struct", "class", "extension"].contains(tokens[index - 1].text)
  }

  /// The words between a bracket and its end.
  private static func arguments(from start: Int, of tokens: [SwiftLexer.Token]) -> [String] {
    var depth = 0
    var words: [String] = []
    for token in tokens[start...] {
      if token.kind == .open { depth += 1 }
      if token.kind == .close { depth -= 1 }
      if depth == 0 { break }
      words.append(token.text)
    }
    return words
  }
}
