/// A piece of a recipe as the author wrote it: a tree with the place of every node.
///
/// Scalars keep their source text; the type that a parameter declares decides what it means.
public struct RecipeNode: Hashable, Sendable, Codable {
  /// What stands there.
  public indirect enum Kind: Hashable, Sendable, Codable {
    /// A scalar: its source text, and whether it was written in quotes (then it is text whatever it looks like).
    case scalar(String, isQuoted: Bool)
    /// A list.
    case list([RecipeNode])
    /// A map in the author's order; keys are unique.
    case map([Entry])
    /// A call such as `dense(16, activation: tanh)`.
    case call(name: String, arguments: [Argument])
    /// A tagged value such as `!log-uniform [1e-4, 1e-1]`; the name is without its mark.
    case tagged(String, RecipeNode)
  }

  /// A key and what stands behind it.
  public struct Entry: Hashable, Sendable, Codable {
    /// The key's text.
    public var key: String
    /// Where the key stands.
    public var keyPosition: SourcePosition
    /// The value.
    public var value: RecipeNode

    /// A key with its value.
    public init(key: String, keyPosition: SourcePosition, value: RecipeNode) {
      self.key = key
      self.keyPosition = keyPosition
      self.value = value
    }
  }

  /// An argument of a call: positional when it has no label.
  public struct Argument: Hashable, Sendable, Codable {
    /// The label, if one is written.
    public var label: String?
    /// Where the argument begins.
    public var position: SourcePosition
    /// The value.
    public var value: RecipeNode

    /// An argument with or without a label.
    public init(label: String?, position: SourcePosition, value: RecipeNode) {
      self.label = label
      self.position = position
      self.value = value
    }
  }

  /// What stands there.
  public var kind: Kind
  /// Where it begins.
  public var position: SourcePosition

  /// A node at a place.
  public init(_ kind: Kind, at position: SourcePosition) {
    self.kind = kind
    self.position = position
  }

  /// The entries of a map, none for anything else.
  public var entries: [Entry] {
    guard case .map(let entries) = kind else { return [] }
    return entries
  }

  /// The value behind a key of a map.
  public subscript(key: String) -> RecipeNode? {
    entries.first { $0.key == key }?.value
  }

  /// Whether a tag stands in it, however deep.
  public var holdsTag: Bool {
    switch kind {
    case .scalar: false
    case .tagged: true
    case .list(let items): items.contains(where: \.holdsTag)
    case .map(let entries): entries.contains { $0.value.holdsTag }
    case .call(_, let arguments): arguments.contains { $0.value.holdsTag }
    }
  }

  /// What an author would call it: `a list`, `the number 3`, `the text "no"`.
  public var shortDescription: String {
    switch kind {
    case .scalar(let text, let isQuoted):
      return !isQuoted && CoreSchema.number(text) != nil ? "the number \(text)" : "\"\(text)\""
    case .list(let items): return items.isEmpty ? "an empty list" : "a list"
    case .map: return "a map"
    case .call(let name, _): return "\(name)(…)"
    case .tagged(let tag, _): return "a value tagged !\(tag)"
    }
  }
}
