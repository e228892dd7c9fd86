/// A call in Swift with an argument a line: what programs that explain recipes are made of.
struct SwiftCall {
  /// What is called.
  var name: String
  /// The arguments with their labels; nil for none.
  var arguments: [(label: String?, value: String)]
  /// A trailing closure, its parameter and its body.
  var closure: (parameter: String, body: String)?

  init(_ name: String, _ arguments: [(String?, String?)], closure: (String, String)? = nil) {
    self.name = name
    self.arguments = arguments.compactMap { label, value in value.map { (label, $0) } }
    self.closure = closure
  }

  /// The call; further lines are indented as they stand behind the first.
  var text: String {
    let lines = arguments.map { argument in
      Self.indented((argument.label.map { "\($0): " } ?? "") + argument.value)
    }
    let inner = lines.isEmpty ? "" : "\n" + lines.joined(separator: ",\n") + "\n"
    guard let closure else { return "\(name)(\(inner.dropLast()))" }
    return "\(name)(\(inner)) { \(closure.parameter) in\n\(Self.indented(closure.body))\n}"
  }

  /// A list with an item a line, or on one line if there is but one short item.
  static func list(_ items: [String]) -> String {
    if items.isEmpty { return "[]" }
    if items.count == 1, items[0].count < 60 { return "[\(items[0])]" }
    return "[\n" + items.map { indented($0) + ",\n" }.joined() + "]"
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }
}
