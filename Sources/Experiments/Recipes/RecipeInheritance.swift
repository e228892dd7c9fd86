import Components

extension RecipeNode {
  /// The recipe with what it inherits by `like` put in: the keys of the other block that it does not give itself.
  ///
  /// A key with dots, as in `train.epochs`, replaces a part of an inherited section, and `none` takes a section away that
  /// recipes need not have. What the other block expects is
  /// not inherited: other settings give other numbers. Throws the problem if there is no such block, or if blocks
  /// inherit from each other in a circle.
  func inheriting(from recipes: [String: RecipeNode], of label: String) throws -> RecipeNode {
    try inheriting(recipes, seen: [label])
  }

  private func inheriting(_ recipes: [String: RecipeNode], seen: [String]) throws -> RecipeNode {
    guard case .map(let entries) = kind else { return self }
    guard let like = self["like"] else { return self }
    guard let name = String(recipe: like), let other = recipes[name] else {
      throw Problem(
        RecipeError.unknownExperiment(
          name: like.recipeText, known: recipes.keys.sorted().filter { !seen.prefix(1).contains($0) }),
        at: like.position)
    }
    guard !seen.contains(name) else {
      throw Problem(RecipeError.circularInheritance(labels: seen + [name]), at: like.position)
    }
    let inherited = try other.inheriting(recipes, seen: seen + [name])
    let base = RecipeNode(.map(inherited.entries.filter { $0.key != "expect" }), at: position)
    let own = entries.filter { $0.key != "like" }
    let removed = own.filter(\.takesAway).map(\.key)
    let kept = RecipeNode(.map(base.entries.filter { !removed.contains($0.key) }), at: position)
    return try placing(own.filter { !$0.takesAway }, into: kept)
  }

  /// A recipe with keys replaced, those with dots in the sections that they name.
  private func placing(_ entries: [Entry], into base: RecipeNode) throws -> RecipeNode {
    let whole = entries.filter { !$0.key.contains(".") }
    var result = base
    for entry in whole {
      result = try result.replacing(
        RecipePath([entry.key]), with: entry.value, keyPosition: entry.keyPosition)
    }
    guard whole.count < entries.count else { return result }
    result = result.labeled()
    for entry in entries where entry.key.contains(".") {
      result = try result.replacing(
        RecipePath(entry.key), with: entry.value, keyPosition: entry.keyPosition)
    }
    return result
  }
}

extension RecipeNode.Entry {
  /// Sections that a recipe does without.
  private static let optional = [
    "split", "prepare", "evaluate", "validate", "search", "closure-test", "forecast", "learning-curve",
    "validation-curve", "diagnose", "seeds", "compare",
    "export",
  ]

  /// Whether the key says that an inherited section is not wanted.
  fileprivate var takesAway: Bool {
    guard case .scalar("none", isQuoted: false) = value.kind else { return false }
    return Self.optional.contains(key)
  }
}
