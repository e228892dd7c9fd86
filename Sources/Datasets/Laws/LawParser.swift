import Components
import Tensors

/// Reads a law by recursive descent; `^` binds tightest and to the right.
struct LawParser {
  private let text: String
  private let variables: [String]
  private let characters: [Character]
  private var index = 0

  init(_ text: String, variables: [String]) {
    self.text = text
    self.variables = variables
    characters = Array(text)
  }

  mutating func parse() throws -> Law.Expression {
    let result = try sum()
    guard peek() == nil else {
      throw failure("has an unexpected \"\(characters[index])\" at its column \(index + 1)")
    }
    return result
  }

  private func failure(_ reason: String) -> DatasetError { .badLaw(text: text, reason: reason) }

  private mutating func peek() -> Character? {
    while index < characters.count, characters[index] == " " { index += 1 }
    return index < characters.count ? characters[index] : nil
  }

  private mutating func sum() throws -> Law.Expression {
    var result = try product()
    while let symbol = peek(), symbol == "+" || symbol == "-" {
      index += 1
      result = .operation(symbol, result, try product())
    }
    return result
  }

  private mutating func product() throws -> Law.Expression {
    var result = try signed()
    while let symbol = peek(), symbol == "*" || symbol == "/" {
      index += 1
      result = .operation(symbol, result, try signed())
    }
    return result
  }

  private mutating func signed() throws -> Law.Expression {
    switch peek() {
    case "-":
      index += 1
      return .negation(try signed())
    case "+":
      index += 1
      return try signed()
    default: return try power()
    }
  }

  private mutating func power() throws -> Law.Expression {
    let base = try atom()
    guard peek() == "^" else { return base }
    index += 1
    return .operation("^", base, try signed())
  }

  private mutating func atom() throws -> Law.Expression {
    guard let first = peek() else { throw failure("ends too early") }
    if first == "(" {
      index += 1
      let inner = try sum()
      try close()
      return inner
    }
    if first.isNumber || first == "." { return try number() }
    guard first.isLetter else { throw failure("has an unexpected \"\(first)\" at its column \(index + 1)") }
    let start = index
    while index < characters.count, isPartOfName(characters[index]) { index += 1 }
    return try named(String(characters[start..<index]), at: start)
  }

  private func isPartOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  private mutating func close() throws {
    guard peek() == ")" else { throw failure("misses a closing parenthesis") }
    index += 1
  }

  private mutating func named(_ name: String, at start: Int) throws -> Law.Expression {
    if let number = variables.firstIndex(of: name) { return .variable(number) }
    if let constant = Law.constants.first(where: { $0.name == name }) { return .number(constant.value) }
    let isCall = peek() == "("
    guard Law.functionNames.contains(name) else {
      let known = isCall ? Law.functionNames : variables + Law.constants.map(\.name)
      throw DatasetError.unknownInLaw(
        text: text, what: isCall ? "function" : "variable", name: name, column: start + 1, known: known)
    }
    guard isCall else { throw failure("misses a parenthesis after \"\(name)\"") }
    index += 1
    let first = try sum()
    guard ["max", "min", "pow"].contains(name) else {
      if peek() == "," { throw failure("gives \"\(name)\" more than one argument") }
      try close()
      return .call(name, first)
    }
    guard peek() == "," else { throw failure("gives \"\(name)\" one argument, but it takes two") }
    index += 1
    let second = try sum()
    if peek() == "," { throw failure("gives \"\(name)\" more than two arguments") }
    try close()
    return .pair(name, first, second)
  }

  private mutating func number() throws -> Law.Expression {
    let start = index
    while index < characters.count {
      let character = characters[index]
      let isExponentSign =
        (character == "-" || character == "+") && index > start && "eE".contains(characters[index - 1])
      guard character.isNumber || character == "." || "eE".contains(character) || isExponentSign else {
        break
      }
      index += 1
    }
    guard let value = CoreSchema.number(String(characters[start..<index])) else {
      throw failure("has a broken number \"\(String(characters[start..<index]))\"")
    }
    return .number(value)
  }
}
