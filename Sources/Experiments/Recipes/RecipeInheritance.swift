import Components

extension RecipeNode {
  /// The recipe with what it inherits by `like` put in: the keys of the other block that it does not give itself.
  ///
  /// A key with dots, as in `train.epochs`, replaces a part of an inherited section. What the other block expects is
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
    return try placing(entries.filter { $0.key != "like" }, into: base)
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
