import Components
import Tensors

/// A function of `x` written as text, such as `x^0.7*(1-x)^3`: numbers, `x`, `pi`, `+ - * / ^`, parentheses
/// and elementary functions.
///
/// It is evaluated in Double.
public struct Law: Sendable, Hashable {
  /// The text as the author wrote it.
  public let text: String
  private let expression: Expression

  /// Reads a law; throws `DatasetError.badLaw`.
  public init(_ text: String) throws {
    self.text = text
    var parser = LawParser(text)
    expression = try parser.parse()
  }

  /// The value at a point.
  public func callAsFunction(_ x: Double) -> Double { expression.value(at: x) }

  indirect enum Expression: Sendable, Hashable {
    case number(Double)
    case variable
    case negation(Expression)
    case operation(Character, Expression, Expression)
    case call(String, Expression)

    func value(at x: Double) -> Double {
      switch self {
      case .number(let number): return number
      case .variable: return x
      case .negation(let inner): return -inner.value(at: x)
      case .operation(let symbol, let a, let b):
        let (left, right) = (a.value(at: x), b.value(at: x))
        switch symbol {
        case "+": return left + right
        case "-": return left - right
        case "*": return left * right
        case "/": return left / right
        default: return Double.pow(left, right)
        }
      case .call(let name, let inner): return (Expression.functions[name] ?? { $0 })(inner.value(at: x))
      }
    }

    static let functions: [String: @Sendable (Double) -> Double] = [
      "exp": Double.exp, "log": Double.log, "sin": Double.sin, "cos": Double.cos, "tan": Double.tan,
      "tanh": Double.tanh, "sqrt": { $0.squareRoot() }, "abs": { abs($0) }, "erf": Double.erf,
    ]
  }
}

/// Reads a law by recursive descent; `^` binds tightest and to the right.
private struct LawParser {
  private let text: String
  private let characters: [Character]
  private var index = 0

  init(_ text: String) {
    self.text = text
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
      guard peek() == ")" else { throw failure("misses a closing parenthesis") }
      index += 1
      return inner
    }
    if first.isNumber || first == "." { return try number() }
    guard first.isLetter else { throw failure("has an unexpected \"\(first)\" at its column \(index + 1)") }
    let start = index
    while index < characters.count, characters[index].isLetter || characters[index].isNumber { index += 1 }
    return try named(String(characters[start..<index]))
  }

  private mutating func named(_ name: String) throws -> Law.Expression {
    if name == "x" { return .variable }
    if name == "pi" { return .number(.pi) }
    guard Law.Expression.functions[name] != nil else {
      throw failure("names the unknown function \"\(name)\"")
    }
    guard peek() == "(" else { throw failure("misses a parenthesis after \"\(name)\"") }
    return .call(name, try atom())
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
