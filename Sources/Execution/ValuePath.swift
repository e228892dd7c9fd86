/// What an inline value or a table names: the label of a cell and the path within it, as in `moons.test.accuracy`.
struct ValuePath: Equatable, Sendable {
  /// The label, or `params`.
  let label: String
  /// The path behind it; empty for none.
  let rest: String

  /// Divides at the first dot.
  init(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    label = parts.first ?? text
    rest = parts.count > 1 ? parts[1] : ""
  }
}
