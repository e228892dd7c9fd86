import Components

/// A key of the front matter or an option of a cell: its name, and how its value changes the settings.
struct Setting<Settings>: Sendable {
  let name: String
  let read: @Sendable (RecipeNode, inout Settings) throws -> Void

  init(_ name: String, read: @escaping @Sendable (RecipeNode, inout Settings) throws -> Void) {
    self.name = name
    self.read = read
  }

  /// A key that sets a property to a value of its type.
  init<Value: RecipeValue>(
    _ name: String, _ path: WritableKeyPath<Settings, Value> & Sendable,
    requirement: String? = nil, _ isAllowed: @escaping @Sendable (Value) -> Bool = { _ in true }
  ) {
    self.init(name) { node, settings in
      let value = try Self.value(of: node, as: Value.self, name: name)
      guard isAllowed(value) else {
        throw RecipeError.outOfRange(
          name: name, requirement: requirement ?? Value.typeDescription, found: node.shortDescription)
      }
      settings[keyPath: path] = value
    }
  }

  /// A key that sets a property that is nil as long as the key is not given.
  init<Value: RecipeValue>(
    _ name: String, _ path: WritableKeyPath<Settings, Value?> & Sendable,
    requirement: String? = nil, _ isAllowed: @escaping @Sendable (Value) -> Bool = { _ in true }
  ) {
    self.init(name) { node, settings in
      let value = try Self.value(of: node, as: Value.self, name: name)
      guard isAllowed(value) else {
        throw RecipeError.outOfRange(
          name: name, requirement: requirement ?? Value.typeDescription, found: node.shortDescription)
      }
      settings[keyPath: path] = value
    }
  }

  /// The value of a node, or the error that names what was expected.
  static func value<Value: RecipeValue>(
    of node: RecipeNode, as type: Value.Type, name: String
  ) throws(RecipeError) -> Value {
    guard let value = Value(recipe: node) else {
      throw RecipeError.wrongType(
        name: name, expected: Value.typeDescription, found: node.shortDescription, known: [], given: nil)
    }
    return value
  }

  /// A key that sets a seed: every number from 0 to 2^64 - 1.
  static func seed(_ set: @escaping @Sendable (UInt64, inout Settings) -> Void) -> Self {
    Setting("seed") { node, settings in
      guard case .scalar(let text, isQuoted: false) = node.kind, let value = UInt64(text) else {
        throw RecipeError.wrongType(
          name: "seed", expected: "a whole number from 0", found: node.shortDescription, known: [], given: nil
        )
      }
      set(value, &settings)
    }
  }
}
