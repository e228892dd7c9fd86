import Components

/// What an author expects of a value: `>= 0.9`, `0.95 ± 0.02`, `[0.9, 1]`, `true`, a text.
public struct Expectation: Sendable, Hashable {
  /// The path of the value.
  public let path: String
  /// The expectation as written.
  public let text: String
  /// Where it is written.
  public let position: SourcePosition
  private let condition: Condition

  private enum Condition: Sendable, Hashable {
    case comparison(String, Double)
    case interval(Double, Double)
    case value(RecordedValue)
  }

  /// Reads an expectation; throws the problem with it.
  public init(path: String, _ node: RecipeNode) throws {
    self.path = path
    position = node.position
    text = node.recipeText
    if case .list(let ends) = node.kind, ends.count == 2, let low = Double(recipe: ends[0]),
      let high = Double(recipe: ends[1])
    {
      guard low <= high else { throw Problem(RecipeError.badExpectation(text: text), at: node.position) }
      condition = .interval(low, high)
    } else if let flag = Bool(recipe: node) {
      condition = .value(.boolean(flag))
    } else if let number = Double(recipe: node) {
      condition = .comparison("==", number)
    } else if case .scalar(let scalar, _) = node.kind, let read = Self.condition(scalar) {
      condition = read
    } else {
      throw Problem(RecipeError.badExpectation(text: node.recipeText), at: node.position)
    }
  }

  /// An expectation as it is written, such as `<= 1.1` or `[0.9, 1]`; throws if it is none.
  public init(_ path: String, _ text: String) throws {
    let place = SourcePosition(file: "", line: 0)
    func scalar(_ text: Substring) -> RecipeNode {
      RecipeNode(.scalar(Self.trimmed(text), isQuoted: false), at: place)
    }
    guard text.hasPrefix("["), text.hasSuffix("]") else {
      try self.init(path: path, scalar(text[...]))
      return
    }
    let ends = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
    try self.init(path: path, RecipeNode(.list(ends.map(scalar)), at: place))
  }

  /// Whether it bounds a number.
  var isOfNumber: Bool { if case .value = condition { false } else { true } }

  /// By how much a number misses the expectation: 0 if it meets it, infinite for NaN.
  func violation(by number: Double) -> Double {
    guard !number.isNaN else { return .infinity }
    switch condition {
    case .value: return .infinity
    case .interval(let low, let high): return max(low - number, number - high, 0)
    case .comparison(let symbol, let bound):
      switch symbol {
      case ">=", ">": return max(bound - number, 0)
      case "<=", "<": return max(number - bound, 0)
      default: return (number - bound).magnitude
      }
    }
  }

  private static func condition(_ text: String) -> Condition? {
    for symbol in [">=", "<=", "==", ">", "<"] where text.hasPrefix(symbol) {
      return CoreSchema.number(trimmed(text.dropFirst(symbol.count))).map { .comparison(symbol, $0) }
    }
    for symbol in ["±", "+-"] {
      let parts = text.split(separator: symbol, maxSplits: 1).map(trimmed)
      guard parts.count == 2, let center = CoreSchema.number(parts[0]) else { continue }
      guard let width = CoreSchema.number(parts[1]), width >= 0 else { return nil }
      return .interval(center - width, center + width)
    }
    return text.isEmpty ? nil : .value(.text(text))
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed())
  }

  /// Whether a value meets the expectation.
  ///
  /// NaN meets none.
  public func isMet(by value: RecordedValue) -> Bool {
    switch condition {
    case .value(let expected): return value == expected
    case .interval(let low, let high): return value.number.map { $0 >= low && $0 <= high } ?? false
    case .comparison(let symbol, let bound):
      guard let number = value.number else { return false }
      switch symbol {
      case ">=": return number >= bound
      case "<=": return number <= bound
      case ">": return number > bound
      case "<": return number < bound
      default: return number == bound
      }
    }
  }
}
