import Components

/// A parameter of a document: `params: {epochs: 300, depth: {default: 2, range: [1, 5]}}`.
///
/// Its default decides its type; `-P epochs=20` gives another value of the same type.
package struct DocumentParameter: Sendable, Equatable {
  /// What `!param` and `params.` name.
  package var name: String
  /// The default, or what overrides it.
  package var value: RecordedValue
  /// The least and the greatest value of a number.
  package var range: ClosedRange<Double>?
  /// Where it is declared.
  package var position: SourcePosition

  package init(
    name: String, value: RecordedValue, range: ClosedRange<Double>? = nil, position: SourcePosition
  ) {
    self.name = name
    self.value = value
    self.range = range
    self.position = position
  }

  /// The same parameter with the value that a text denotes.
  package func overridden(by text: String) throws(DocumentError) -> DocumentParameter {
    let node = RecipeNode(.scalar(text, isQuoted: false), at: position)
    var result = self
    switch value {
    case .text: result.value = .text(text)
    case .real: result.value = try .real(number(text, as: Double(recipe: node)))
    case .integer: result.value = try .integer(number(text, as: Int(recipe: node)))
    case .boolean: result.value = try .boolean(number(text, as: Bool(recipe: node)))
    case .list, .object: break
    }
    try result.checkRange(text)
    return result
  }

  /// The parameter that an entry of `params` declares.
  static func reading(_ entry: RecipeNode.Entry) throws(Problem) -> DocumentParameter {
    let node = entry.value
    let declared = node.entries.isEmpty ? node : node["default"]
    let value = declared.flatMap(scalar)
    guard let declared, let value else {
      let error = DocumentError.parameterType(
        name: entry.key, expected: "a number, a text, true or false", found: node.shortDescription)
      throw Problem(error, at: node.position)
    }
    var parameter = DocumentParameter(name: entry.key, value: value, position: entry.keyPosition)
    for part in node.entries where part.key != "default" {
      guard part.key == "range" else {
        let error = RecipeError.unknownKey(
          in: "the parameter \"\(entry.key)\"", name: part.key, known: ["default", "range"])
        throw Problem(error, at: part.keyPosition)
      }
      guard let bounds = [Double](recipe: part.value), bounds.count == 2, bounds[0] <= bounds[1] else {
        let error = RecipeError.wrongType(
          name: "range", expected: "a list [least, greatest]", found: part.value.shortDescription,
          known: [], given: nil)
        throw Problem(error, at: part.value.position)
      }
      parameter.range = bounds[0]...bounds[1]
    }
    do throws(DocumentError) {
      try parameter.checkRange(declared.shortDescription)
    } catch {
      throw Problem(error, at: declared.position)
    }
    return parameter
  }

  private func number<Value: RecipeValue>(_ text: String, as value: Value?) throws(DocumentError) -> Value {
    guard let value else {
      throw .parameterType(name: name, expected: Value.typeDescription, found: "\"\(text)\"")
    }
    return value
  }

  private func checkRange(_ text: String) throws(DocumentError) {
    guard let range, let number = value.number, !range.contains(number) else { return }
    throw .parameterRange(
      name: name, range: "[\(range.lowerBound.recipeText), \(range.upperBound.recipeText)]", found: text)
  }

  /// The typed value of a scalar; a number without point and exponent is whole.
  private static func scalar(_ node: RecipeNode) -> RecordedValue? {
    guard case .scalar(let text, let isQuoted) = node.kind else { return nil }
    if isQuoted { return .text(text) }
    if let value = Int(text) { return .integer(value) }
    if let value = Double(recipe: node) { return .real(value) }
    if let value = Bool(recipe: node) { return .boolean(value) }
    return text.isEmpty || text == "null" || text == "~" ? nil : .text(text)
  }
}
