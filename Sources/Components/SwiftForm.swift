/// How a component is written in Swift: `Dense(_ units, activation, hasBias bias)`.
///
/// The type stands before the parenthesis. Each item is a parameter of the component: by itself its name in camel case
/// is its label, a word before it is another label, and `_` before it stands for none. An item that begins with a dot or a
/// digit, or has a colon, is written as it stands, and one that ends with `...` is a list of two numbers that Swift takes as a range.
public struct SwiftForm: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// An argument.
  enum Item: Sendable, Hashable {
    /// Text as it stands.
    case literal(String)
    /// A parameter with its label; nil for none.
    case parameter(String, label: String?, isRange: Bool)
  }

  /// The type whose initializer is called.
  public let type: String
  let items: [Item]
  /// Whether it is called; otherwise it stands for itself, as a case without values does.
  private let isCall: Bool

  /// A form as it is written.
  public init(stringLiteral text: String) {
    let parts = text.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    type = String(parts[0])
    isCall = parts.count > 1
    let inside = parts.count > 1 ? parts[1].dropLast() : ""
    items = inside.split(separator: ",").map { item in
      var words = item.split(separator: " ").map(String.init)
      guard var name = words.popLast() else { return .literal("") }
      let isLiteral = name.hasPrefix(".") || name.first?.isNumber == true
      if isLiteral, words.isEmpty { return .literal(name) }
      if item.contains(":") { return .literal((words + [name]).joined(separator: " ")) }
      let isRange = name.hasSuffix("...")
      if isRange { name = String(name.dropLast(3)) }
      let label = words.first ?? Self.camelCase(name)
      return .parameter(name, label: label == "_" ? nil : label, isRange: isRange)
    }
  }

  /// A name of a recipe as Swift writes it: `learning-rate` is `learningRate`.
  public static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "-")
    return words.prefix(1).joined()
      + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// Whether Swift takes a parameter.
  public func holds(_ parameter: String) -> Bool {
    items.contains { if case .parameter(parameter, _, _) = $0 { true } else { false } }
  }

  /// The label of a parameter; nil if it has none, and for parameters that Swift does not take.
  public func label(of parameter: String) -> String? {
    for case .parameter(parameter, let label, _) in items { return label }
    return nil
  }

  /// The call with arguments, those that are given; `text` writes a value.
  func call(_ text: (String) -> String?) -> String {
    guard isCall else { return type }
    let arguments = items.compactMap { item -> String? in
      switch item {
      case .literal(let literal): return literal
      case .parameter(let name, let label, let isRange):
        guard var value = text(name) else { return nil }
        if isRange { value = Self.range(value) }
        return label.map { "\($0): \(value)" } ?? value
      }
    }
    return "\(type)(\(arguments.joined(separator: ", ")))"
  }

  /// A list of two numbers as a range.
  private static func range(_ list: String) -> String {
    let ends = list.filter { !"[] ".contains($0) }.split(separator: ",")
    return ends.count == 2 ? ends.joined(separator: "...") : list
  }
}

extension Catalog {
  /// What a recipe names as a Swift expression that makes the same product.
  ///
  /// `value` writes an argument in place of the text that its type has, where it is not nil: layers within layers, and
  /// hyperparameters. Throws what decoding throws.
  public func swiftText(
    of node: RecipeNode, value: (_ label: String, RecipeNode, any AnyParameter) throws -> String?
  ) throws -> String {
    let call = try labeledCall(node)
    guard case .call(let name, let arguments) = call.kind, let component = component(named: name) else {
      throw Problem(RecipeError.notAComponent(what: what, found: node.shortDescription), at: node.position)
    }
    return try component.swiftText(arguments.map { ($0.label ?? "", $0.value) }, value: value)
  }
}

extension Component {
  /// A call with these arguments as a Swift expression that makes the same product.
  func swiftText(
    _ arguments: [(name: String, node: RecipeNode)],
    value: (_ label: String, RecipeNode, any AnyParameter) throws -> String?
  ) throws -> String {
    var texts: [String: String] = [:]
    for argument in arguments {
      guard let parameter = parameters.first(where: { $0.name == argument.name }) else { continue }
      texts[argument.name] =
        try value(argument.name, argument.node, parameter) ?? parameter.swiftText(of: argument.node)
    }
    return (swiftForm ?? SwiftForm(stringLiteral: "\(name)()")).call { texts[$0] }
  }

  /// The keys of a map as a Swift expression that makes the same product.
  public func swiftText(
    ofMap node: RecipeNode, value: (_ label: String, RecipeNode, any AnyParameter) throws -> String?
  ) throws -> String {
    try swiftText(node.entries.map { ($0.key, $0.value) }, value: value)
  }
}
