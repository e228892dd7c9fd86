/// Something that a recipe can name: a layer, an optimizer, a sampler, a data generator.
///
/// Its parameters, their types, defaults and ranges stand here once: errors, lists and tables are made from
/// them.
public struct Component<Product>: Sendable {
  /// The name in recipes, in kebab case.
  public let name: String
  /// One line of help.
  public let help: String
  /// The parameters in the order of positional arguments.
  public let parameters: [any AnyParameter]
  /// How Swift writes it; nil for what Swift cannot make.
  public let swiftForm: SwiftForm?
  private let make: @Sendable (Arguments) throws -> Product

  /// A component whose product is made from its arguments, in Swift by the call of a form.
  public init(
    _ name: String, help: String, swift: SwiftForm? = nil,
    parameters: [any AnyParameter] = [], make: @escaping @Sendable (Arguments) throws -> Product
  ) {
    self.name = name
    self.help = help
    self.parameters = parameters
    self.make = make
    swiftForm = swift
  }

  /// Makes the product from a call, a map of parameters, or nothing but the name.
  func product(from arguments: Arguments) throws -> Product { try make(arguments) }
}

/// A parameter of a component, of any type.
public protocol AnyParameter: Sendable {
  /// The name in recipes, in kebab case.
  var name: String { get }
  /// One line of help.
  var help: String { get }
  /// What an author would call its type, with its range.
  var typeDescription: String { get }
  /// What an author would call its type.
  var valueDescription: String { get }
  /// What its values must be; nil for any of the type.
  var requirementDescription: String? { get }
  /// The names of all values, for types that have names.
  var choices: [String] { get }
  /// The default as a recipe would write it; nil if a value must be given.
  var defaultText: String? { get }
  /// The defaults that a preset has in place of that, as a recipe would write them, by the names of the presets.
  var presetTexts: [String: String] { get }
  /// A value of its type as Swift writes it; nil for what is no single value, such as a component.
  func swiftText(of node: RecipeNode) -> String?
  /// A computed value of its type as Swift writes it, given expressions of the number and of the whole number.
  func swiftText(ofNumber number: String, integer: String) -> String?
  /// Reads a node, or throws the problem that it has there.
  func read(_ node: RecipeNode) throws -> any Sendable
}

/// A parameter of a component: its name, type, default and range.
public struct Parameter<Value: RecipeValue>: AnyParameter {
  public let name: String
  public let help: String
  /// The value when none is given; nil if one must be given.
  public let defaultValue: Value?
  /// The values that stand for it when the parameter `preset` of the component has one of these names.
  public let presets: [String: Value]
  private let requirement: (description: String, holds: @Sendable (Value) -> Bool)?

  /// A parameter with a default.
  public init(_ name: String, default defaultValue: Value, help: String) {
    self.name = name
    self.help = help
    self.defaultValue = defaultValue
    presets = [:]
    requirement = nil
  }

  /// A parameter that must be given.
  public init(_ name: String, help: String) {
    self.name = name
    self.help = help
    defaultValue = nil
    presets = [:]
    requirement = nil
  }

  /// A parameter with a requirement on its value, described as in `at least 1`.
  public init(
    _ name: String, default defaultValue: Value? = nil, presets: [String: Value] = [:],
    _ description: String, help: String, where holds: @escaping @Sendable (Value) -> Bool
  ) {
    self.name = name
    self.help = help
    self.defaultValue = defaultValue
    self.presets = presets
    requirement = (description, holds)
  }

  public var typeDescription: String {
    Value.typeDescription + (requirement.map { ", \($0.description)" } ?? "")
  }

  public var valueDescription: String { Value.typeDescription }

  public var requirementDescription: String? { requirement?.description }

  public var choices: [String] { Value.choices }

  public var defaultText: String? { defaultValue?.recipeText }

  public func swiftText(of node: RecipeNode) -> String? { (try? value(of: node))?.swiftText }

  public func swiftText(ofNumber number: String, integer: String) -> String? {
    Value.swiftText(ofNumber: number, integer: integer)
  }

  public var presetTexts: [String: String] { presets.mapValues(\.recipeText) }

  /// Reads a node as this parameter's type and checks its range.
  public func read(_ node: RecipeNode) throws -> any Sendable { try value(of: node) }

  /// Reads a node as this parameter's type and checks its range.
  public func value(of node: RecipeNode) throws -> Value {
    guard let value = Value(recipe: node) else {
      let piece = Value.mismatch(in: node)
      throw Problem(
        RecipeError.wrongType(
          name: name, expected: Value.description(of: piece), found: piece.shortDescription,
          known: Value.choices, given: String(recipe: piece)),
        at: piece.position)
    }
    if let requirement, !requirement.holds(value) {
      throw Problem(
        RecipeError.outOfRange(name: name, requirement: requirement.description, found: value.recipeText),
        at: node.position)
    }
    return value
  }
}

/// The values of a component's parameters, given or default.
public struct Arguments: Sendable {
  private var values: [String: any Sendable] = [:]
  /// Which parameters were given.
  public private(set) var given: [String: RecipeNode] = [:]
  /// Where the component is named.
  public let position: SourcePosition

  /// No arguments but defaults.
  package init(position: SourcePosition) { self.position = position }

  mutating func set(_ parameter: any AnyParameter, to node: RecipeNode) throws {
    values[parameter.name] = try parameter.read(node)
    given[parameter.name] = node
  }

  /// The name of the preset that was given, if the component has presets.
  private var preset: String? { given["preset"].flatMap { String(recipe: $0) } }

  /// The value of a parameter of the component: the given one, or the default, of the given preset if there is one.
  public subscript<Value>(parameter: Parameter<Value>) -> Value {
    if let value = values[parameter.name] as? Value { return value }
    if !parameter.presets.isEmpty, let value = preset.flatMap({ parameter.presets[$0] }) { return value }
    guard let value = parameter.defaultValue else {
      preconditionFailure("\(parameter.name) is not a parameter of this component")
    }
    return value
  }
}

extension Component {
  /// Reads the component's parameters from a map, such as the keys of `train:`.
  ///
  /// Throws the first problem.
  public func decode(map node: RecipeNode) throws -> Product {
    guard case .map(let entries) = node.kind else {
      throw Problem(
        RecipeError.wrongType(
          name: name, expected: "a map of settings", found: node.shortDescription, known: [], given: nil),
        at: node.position)
    }
    var arguments = Arguments(position: node.position)
    for entry in entries {
      guard let parameter = parameters.first(where: { $0.name == entry.key }) else {
        throw Problem(
          RecipeError.unknownKey(in: name, name: entry.key, known: parameters.map(\.name)),
          at: entry.keyPosition)
      }
      try arguments.set(parameter, to: entry.value)
    }
    for parameter in parameters where parameter.defaultText == nil && arguments.given[parameter.name] == nil {
      throw Problem(RecipeError.missingKey(in: name, name: parameter.name), at: node.position)
    }
    return try product(from: arguments)
  }
}

extension RecipeNode: RecipeValue {
  public static var typeDescription: String { "a component" }

  public var swiftText: String? { nil }

  /// Any node: what it means is decided by whoever reads it.
  public init?(recipe node: RecipeNode) { self = node }

  /// The node as a recipe would hold it, on one line.
  public var recipeText: String {
    switch kind {
    case .scalar(let text, _): return text
    case .list(let items): return "[" + items.map(\.recipeText).joined(separator: ", ") + "]"
    case .map(let entries):
      return "{" + entries.map { "\($0.key): \($0.value.recipeText)" }.joined(separator: ", ") + "}"
    case .call(let name, let arguments):
      let texts = arguments.map { argument in
        (argument.label.map { "\($0): " } ?? "") + argument.value.recipeText
      }
      return texts.isEmpty ? name : "\(name)(" + texts.joined(separator: ", ") + ")"
    case .tagged(let tag, let value): return "!\(tag) \(value.recipeText)"
    }
  }
}
