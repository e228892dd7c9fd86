/// A Swift type that a scalar (or more) of a recipe can be read as.
///
/// The type that a parameter declares decides what its text means: `no` is a text for a text and an error for
/// a truth value.
public protocol RecipeValue: Sendable, Equatable {
  /// What an author would call the type: `a number`, `an integer`, `one of: relu, tanh`.
  static var typeDescription: String { get }
  /// Reads a value, or nil if the node is of another type.
  init?(recipe node: RecipeNode)
  /// The text that a recipe would hold for this value; default values are listed with it.
  var recipeText: String { get }
  /// The names of all values, for types that have names.
  static var choices: [String] { get }
  /// The value as a Swift expression; nil if there is none.
  var swiftText: String? { get }
  /// A value that is computed, as a Swift expression of the type, given expressions of the number and of the whole number;
  /// nil if numbers make no such value.
  static func swiftText(ofNumber number: String, integer: String) -> String?
  /// What an author would call the type of a single value, where a list is taken, too.
  static var singleDescription: String { get }
  /// The piece of a node that cannot be read as the type: the node itself, or an item of a list.
  static func mismatch(in node: RecipeNode) -> RecipeNode
}

extension RecipeValue {
  /// What an author would call the type that a piece of a recipe should have had.
  static func description(of piece: RecipeNode) -> String {
    if case .scalar = piece.kind { return singleDescription }
    return typeDescription
  }

  public static var choices: [String] { [] }
  public var swiftText: String? { recipeText }
  public static func swiftText(ofNumber number: String, integer: String) -> String? { nil }
  public static var singleDescription: String { typeDescription }
  public static func mismatch(in node: RecipeNode) -> RecipeNode { node }
}

extension Double: RecipeValue {
  public static var typeDescription: String { "a number" }

  /// Reads a number by the core schema of YAML 1.2, sections 10.3.2: `1`, `-0.5`, `1e-4`, `.inf`.
  public init?(recipe node: RecipeNode) {
    guard case .scalar(let text, isQuoted: false) = node.kind, let value = CoreSchema.number(text) else {
      return nil
    }
    self = value
  }

  public var recipeText: String {
    // Whole numbers lose their ".0", as authors write them.
    guard isFinite else { return isNaN ? ".nan" : self < 0 ? "-.inf" : ".inf" }
    return self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)"
  }

  public static func swiftText(ofNumber number: String, integer: String) -> String? { number }

  public var swiftText: String? {
    isFinite ? recipeText : isNaN ? ".nan" : self < 0 ? "-.infinity" : ".infinity"
  }
}

extension Int: RecipeValue {
  public static var typeDescription: String { "a whole number" }

  /// Reads a whole number; `1e3` counts, `1.5` does not.
  public init?(recipe node: RecipeNode) {
    guard case .scalar(let text, isQuoted: false) = node.kind, let value = CoreSchema.number(text),
      value == value.rounded(), abs(value) <= 9_007_199_254_740_992
    else { return nil }
    self = Int(value)
  }

  public var recipeText: String { "\(self)" }

  public static func swiftText(ofNumber number: String, integer: String) -> String? { integer }
}

extension Bool: RecipeValue {
  public static var typeDescription: String { "true or false" }

  /// Reads `true` or `false`, and their capitalized forms; `yes` and `no` are texts.
  public init?(recipe node: RecipeNode) {
    guard case .scalar(let text, isQuoted: false) = node.kind else { return nil }
    switch text {
    case "true", "True", "TRUE": self = true
    case "false", "False", "FALSE": self = false
    default: return nil
    }
  }

  public var recipeText: String { "\(self)" }
}

extension String: RecipeValue {
  public static var typeDescription: String { "a text" }

  /// Reads any scalar as text.
  public init?(recipe node: RecipeNode) {
    guard case .scalar(let text, _) = node.kind else { return nil }
    self = text
  }

  public var recipeText: String { self }

  public var swiftText: String? { debugDescription }
}

/// An enum whose cases are named in recipes by their raw values.
public protocol NamedChoice: RecipeValue, CaseIterable, RawRepresentable<String> {}

extension NamedChoice {
  public static var typeDescription: String {
    "one of: " + choices.joined(separator: ", ")
  }

  public static var choices: [String] { allCases.map(\.rawValue) }

  /// Reads a case by its name.
  public init?(recipe node: RecipeNode) {
    guard case .scalar(let text, _) = node.kind else { return nil }
    self.init(rawValue: text)
  }

  public var recipeText: String { rawValue }

  /// The name of the case.
  public var swiftText: String? { ".\(self)" }
}

extension Optional: RecipeValue where Wrapped: RecipeValue {
  public static var typeDescription: String { Wrapped.typeDescription }
  public static var choices: [String] { Wrapped.choices }

  /// Reads a value; `null` and `none` stand for none.
  public init?(recipe node: RecipeNode) {
    if case .scalar(let text, isQuoted: false) = node.kind, ["null", "~", "none"].contains(text) {
      self = .none
      return
    }
    guard let value = Wrapped(recipe: node) else { return nil }
    self = value
  }

  public var recipeText: String { self?.recipeText ?? "none" }

  public var swiftText: String? { self.map(\.swiftText) ?? "nil" }

  public static func mismatch(in node: RecipeNode) -> RecipeNode { Wrapped.mismatch(in: node) }

  public static func swiftText(ofNumber number: String, integer: String) -> String? {
    Wrapped.swiftText(ofNumber: number, integer: integer)
  }
}

extension Array: RecipeValue where Element: RecipeValue {
  public static var typeDescription: String { "a list, each \(Element.typeDescription)" }
  public static var singleDescription: String { Element.typeDescription }
  public static var choices: [String] { Element.choices }

  public static func mismatch(in node: RecipeNode) -> RecipeNode {
    guard case .list(let items) = node.kind else { return node }
    return items.first { Element(recipe: $0) == nil } ?? node
  }

  /// Reads a list; a single value stands for a list of one.
  public init?(recipe node: RecipeNode) {
    guard case .list(let items) = node.kind else {
      guard let single = Element(recipe: node) else { return nil }
      self = [single]
      return
    }
    let values = items.compactMap(Element.init(recipe:))
    guard values.count == items.count else { return nil }
    self = values
  }

  public var recipeText: String { "[" + map(\.recipeText).joined(separator: ", ") + "]" }

  public static func swiftText(ofNumber number: String, integer: String) -> String? {
    Element.swiftText(ofNumber: number, integer: integer).map { "[\($0)]" }
  }

  public var swiftText: String? {
    let texts = compactMap(\.swiftText)
    return texts.count == count ? "[" + texts.joined(separator: ", ") + "]" : nil
  }
}

/// The scalars of YAML 1.2's core schema.
public enum CoreSchema {
  /// The number that a plain scalar denotes, if it denotes one.
  public static func number(_ text: String) -> Double? {
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .infinity
    case "-.inf", "-.Inf", "-.INF": return -.infinity
    case ".nan", ".NaN", ".NAN": return .nan
    default: break
    }
    if text.hasPrefix("0x") || text.hasPrefix("0o") {
      let digits = text.dropFirst(2)
      guard digits.first != "+" else { return nil }
      return UInt64(digits, radix: text.hasPrefix("0x") ? 16 : 8).map { Double($0) }
    }
    // Swift reads more than the schema: hexadecimal floats, "inf", "nan".
    guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      isDigit(first) || first == UInt8(ascii: "."), text.utf8.allSatisfy(belongsToDecimal),
      text.utf8.contains(where: isDigit)
    else { return nil }
    // The schema allows "1." and ".5"; Swift wants digits on both sides.
    return Double(text) ?? Double(text.hasSuffix(".") ? text + "0" : text)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func belongsToDecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || "+-.eE".utf8.contains(byte)
  }
}
