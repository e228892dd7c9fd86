import Components

/// The recipes that one recipe stands for: those of `variants`, and one for every value of an `!each`.
struct RecipeVariants {
  /// One of them.
  struct Variant: Equatable {
    /// The name in paths: lowercase with hyphens, or as in `units=16`.
    var name: String
    /// The name as the author wrote it, for figures and tables.
    var title: String
    /// The recipe, without any variants.
    var recipe: RecipeNode
  }

  /// The most variants of a recipe: more are a slip of the product of several lists.
  static let most = 1000

  /// The variants in order; one without a name if the recipe has none.
  let variants: [Variant]

  /// Whether the recipe names variants.
  var hasNames: Bool { variants.contains { !$0.name.isEmpty } }

  /// A choice that was made on the way to a variant: a name that the author gave, or a value and where it stands.
  private enum Choice {
    case named(String)
    case value(path: RecipePath, text: String)
  }

  /// Takes a recipe apart; throws the first problem.
  init(_ recipe: RecipeNode) throws {
    let labeled = recipe.holds(tag: "each") || recipe["variants"] != nil ? recipe.labeled() : recipe
    var found: [(choices: [Choice], recipe: RecipeNode)] = []
    for (name, variant) in try Self.explicit(labeled) {
      try Self.expand(variant, name.map { [.named($0)] } ?? [], into: &found)
    }
    variants = Self.named(found)
    for (index, variant) in variants.enumerated()
    where variants[..<index].contains(where: { $0.name == variant.name }) {
      throw Problem(
        RecipeError.duplicateVariant(name: variant.title), at: recipe["variants"]?.position ?? recipe.position
      )
    }
  }

  /// The recipes of the key `variants`, each with its overrides put in.
  private static func explicit(_ recipe: RecipeNode) throws -> [(name: String?, recipe: RecipeNode)] {
    guard let node = recipe["variants"] else { return [(nil, recipe)] }
    let rest = RecipeNode(.map(recipe.entries.filter { $0.key != "variants" }), at: recipe.position)
    guard case .map(let variants) = node.kind, !variants.isEmpty else {
      throw Problem(
        RecipeError.wrongType(
          name: "variants", expected: "a map from names to what each of them changes",
          found: node.shortDescription, known: [], given: nil), at: node.position)
    }
    return try variants.map { variant in
      var changed = rest
      switch variant.value.kind {
      case .map(let overrides):
        for override in overrides {
          try check(override)
          changed = try changed.replacing(
            RecipePath(override.key), with: override.value, keyPosition: override.keyPosition)
        }
      case .scalar("", isQuoted: false): break
      default:
        throw Problem(
          RecipeError.wrongType(
            name: variant.key, expected: "a map of paths and values, as in {train.epochs: 10}",
            found: variant.value.shortDescription, known: [], given: nil), at: variant.value.position)
      }
      return (variant.key, changed.labeled())
    }
  }

  /// Variants may change what is computed, not what is compared and shown.
  private static func check(_ override: RecipeNode.Entry) throws {
    let key = RecipePath(override.key).components.first ?? ""
    guard ExperimentDecoder.variableKeys.contains(key) else {
      throw Problem(
        ExperimentDecoder.keys.contains(key)
          ? RecipeError.notVariable(key: key)
          : .unknownKey(in: "the recipe", name: key, known: ExperimentDecoder.variableKeys),
        at: override.keyPosition)
    }
  }

  /// Goes through the values of the first `!each`, and for each of them through the others.
  private static func expand(
    _ recipe: RecipeNode, _ choices: [Choice], into found: inout [(choices: [Choice], recipe: RecipeNode)]
  ) throws {
    guard let (path, node) = recipe.firstTagged("each", at: RecipePath([])) else {
      guard found.count < most else {
        throw Problem(RecipeError.tooManyVariants(most: most), at: recipe.position)
      }
      found.append((choices, recipe))
      return
    }
    if let key = path.components.first, !ExperimentDecoder.variableKeys.contains(key) {
      throw Problem(RecipeError.notVariable(key: key), at: node.position)
    }
    for (choice, value) in try values(of: node, at: path) {
      let next = try recipe.replacing(path, with: value, keyPosition: node.position)
      try expand(next, choices + [choice], into: &found)
    }
  }

  private static func values(
    of node: RecipeNode, at path: RecipePath
  ) throws -> [(choice: Choice, value: RecipeNode)] {
    guard case .tagged(_, let inner) = node.kind else { return [] }
    switch inner.kind {
    case .list(let items) where !items.isEmpty:
      return items.map { (.value(path: path, text: $0.recipeText), $0) }
    case .map(let entries) where !entries.isEmpty:
      return entries.map { (.named($0.key), $0.value) }
    default:
      throw Problem(
        RecipeError.wrongType(
          name: "!each", expected: "a list of values, or a map from names to values",
          found: inner.shortDescription, known: [], given: nil), at: inner.position)
    }
  }

  /// Names variants by what was chosen: names, or values behind the last component of their path, the full path where
  /// two paths end alike.
  private static func named(_ found: [(choices: [Choice], recipe: RecipeNode)]) -> [Variant] {
    var paths: [RecipePath] = []
    for case .value(let path, _) in found.flatMap(\.choices) where !paths.contains(path) {
      paths.append(path)
    }
    func label(_ path: RecipePath) -> String {
      let last = path.components.last ?? ""
      return paths.filter { $0.components.last == last }.count > 1 ? path.text : last
    }
    return found.map { choices, recipe in
      let titles = choices.map { choice in
        switch choice {
        case .named(let name): name
        case .value(let path, let text): "\(label(path))=\(text)"
        }
      }
      let names = zip(choices, titles).map { choice, title in
        if case .named = choice { hyphenated(title) } else { title }
      }
      return Variant(
        name: names.joined(separator: ","), title: titles.joined(separator: ", "), recipe: recipe)
    }
  }

  /// A name in lowercase with hyphens for whatever is no letter and no digit.
  static func hyphenated(_ name: String) -> String {
    let parts = name.lowercased().split {
      !($0.isLetter || $0.isNumber || $0 == "=" || $0 == "." || $0 == "_")
    }
    return parts.joined(separator: "-")
  }
}

extension RecipeNode {
  /// Whether a tag of a name stands in it, however deep.
  func holds(tag: String) -> Bool { firstTagged(tag, at: RecipePath([])) != nil }

  /// The first value with a tag, in the order of the text, and the way to it.
  fileprivate func firstTagged(_ tag: String, at path: RecipePath) -> (path: RecipePath, node: RecipeNode)? {
    func inner(_ component: String, _ node: RecipeNode) -> (path: RecipePath, node: RecipeNode)? {
      node.firstTagged(tag, at: RecipePath(path.components + [component]))
    }
    switch kind {
    case .tagged(tag, _): return (path, self)
    case .scalar, .tagged: return nil
    case .list(let items):
      for (index, item) in items.enumerated() { if let found = inner("\(index)", item) { return found } }
    case .map(let entries):
      for entry in entries { if let found = inner(entry.key, entry.value) { return found } }
    case .call(_, let arguments):
      for (index, argument) in arguments.enumerated() {
        if let found = inner(argument.label ?? "\(index)", argument.value) { return found }
      }
    }
    return nil
  }
}
