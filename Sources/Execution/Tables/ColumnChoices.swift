import Components

/// The columns that a `{table}` cell names: names, or names with headings of their own.
struct ColumnChoices: RecipeValue {
  /// A column and where it is named.
  struct Choice: Hashable, Sendable {
    var name: String
    /// The heading in place of the name.
    var title: String?
    var position: SourcePosition
  }

  var choices: [Choice]

  static var typeDescription: String { "a list of columns, or a map of columns and their headings" }

  /// Reads a name, a list of names, or a map of names to headings; a list may hold maps.
  init?(recipe node: RecipeNode) {
    switch node.kind {
    case .scalar(let name, _): choices = [Choice(name: name, position: node.position)]
    case .map(let entries):
      let pairs = entries.compactMap { entry in
        String(recipe: entry.value).map {
          Choice(name: entry.key, title: $0, position: entry.keyPosition)
        }
      }
      guard pairs.count == entries.count else { return nil }
      choices = pairs
    case .list(let items):
      let inner = items.compactMap { item -> [Choice]? in
        if case .list = item.kind { return nil }
        return ColumnChoices(recipe: item)?.choices
      }
      guard inner.count == items.count else { return nil }
      choices = inner.flatMap(\.self)
    case .call, .tagged: return nil
    }
  }

  var recipeText: String {
    "["
      + choices.map { choice in choice.title.map { "\(choice.name): \($0)" } ?? choice.name }
      .joined(separator: ", ") + "]"
  }
}
