import Components
import Search

/// The tags that make a value of a recipe a hyperparameter.
enum HyperparameterTag: String, CaseIterable {
  case uniform
  case logUniform = "log-uniform"
  case integer = "int"
  case logInteger = "log-int"
  case normal
  case choice
  case grid

  /// The distribution that a tagged value denotes.
  static func distribution(
    _ tag: String, _ node: RecipeNode, path: String, at position: SourcePosition
  ) throws -> Distribution {
    guard let known = HyperparameterTag(rawValue: tag) else {
      let names = allCases.map(\.rawValue) + ["param"]
      throw Problem(RecipeError.unknownTag(name: tag, known: names), at: position)
    }
    guard case .list(let items) = node.kind else {
      throw Problem(
        RecipeError.badInterval(path: path, reason: "must be a list, as in [1, 10]"), at: node.position)
    }
    if known == .choice || known == .grid {
      guard items.count > 1 else {
        throw Problem(
          RecipeError.badInterval(path: path, reason: "needs at least two choices"), at: node.position)
      }
      return .choice(items.map(\.choiceName))
    }
    if known == .normal { return try normal(items, path: path, at: node.position) }
    return try known.interval(items, path: path, at: node.position)
  }

  private static func normal(
    _ items: [RecipeNode], path: String, at position: SourcePosition
  ) throws -> Distribution {
    guard items.count == 2, let mean = Double(recipe: items[0]), let deviation = Double(recipe: items[1]),
      mean.isFinite, deviation.isFinite, deviation > 0
    else {
      throw Problem(
        RecipeError.badInterval(path: path, reason: "needs a mean and a standard deviation above 0"),
        at: position)
    }
    return .normal(mean: mean, deviation: deviation)
  }

  private func interval(_ items: [RecipeNode], path: String, at position: SourcePosition) throws
    -> Distribution
  {
    func fail(_ reason: String) -> Problem {
      Problem(RecipeError.badInterval(path: path, reason: reason), at: position)
    }
    var items = items
    var step = 1
    if self == .integer, items.count == 3, let text = String(recipe: items[2]), text.hasPrefix("step ") {
      guard let value = Int(text.dropFirst(5)), value > 0 else {
        throw fail("has a step that is not a whole number")
      }
      step = value
      items.removeLast()
    }
    guard items.count == 2, let low = Double(recipe: items[0]), let high = Double(recipe: items[1]) else {
      throw fail("needs two numbers, the least and the greatest")
    }
    guard low.isFinite, high.isFinite else { throw fail("needs finite numbers") }
    guard low < high else {
      throw Problem(
        RecipeError.emptyInterval(path: path, low: low.recipeText, high: high.recipeText), at: position)
    }
    if self == .logUniform || self == .logInteger, low <= 0 {
      throw Problem(RecipeError.noLogarithm(path: path, low: low.recipeText), at: position)
    }
    switch self {
    case .uniform: return .real(low: low, high: high, isLog: false)
    case .logUniform: return .real(low: low, high: high, isLog: true)
    case .integer, .logInteger, .normal, .choice, .grid:
      guard let least = Int(recipe: items[0]), let greatest = Int(recipe: items[1]) else {
        throw fail("needs whole numbers")
      }
      // The last value is the last one that steps from the least reach.
      let last = least + (greatest - least) / step * step
      guard last > least else { throw fail("holds one value only, with steps of \(step)") }
      return .integer(low: least, high: last, step: step, isLog: self == .logInteger)
    }
  }
}

extension RecipeNode {
  /// What a choice is called: its text, or for a component with hyperparameters of its own its name.
  fileprivate var choiceName: String {
    guard holdsTag, case .call(let name, _) = kind else { return recipeText }
    return name
  }

  /// The recipe with every `!param name` replaced by the document's parameter.
  func replacingParameters(_ parameters: [String: RecordedValue]) throws -> RecipeNode {
    switch kind {
    case .tagged("param", let inner):
      guard let name = String(recipe: inner), let value = parameters[name] else {
        throw Problem(
          RecipeError.unknownPath(
            path: "params.\(inner.recipeText)", known: parameters.keys.sorted().map { "params.\($0)" }),
          at: inner.position)
      }
      if case .text(let text) = value { return RecipeNode(.scalar(text, isQuoted: true), at: position) }
      return RecipeNode(.scalar(value.compactJSON, isQuoted: false), at: position)
    case .tagged(let tag, let inner):
      return RecipeNode(.tagged(tag, try inner.replacingParameters(parameters)), at: position)
    case .list(let items):
      return RecipeNode(.list(try items.map { try $0.replacingParameters(parameters) }), at: position)
    case .map(let entries):
      return RecipeNode(
        .map(
          try entries.map { entry in
            var entry = entry
            entry.value = try entry.value.replacingParameters(parameters)
            return entry
          }), at: position)
    case .call(let name, let arguments):
      return RecipeNode(
        .call(
          name: name,
          arguments: try arguments.map { argument in
            var argument = argument
            argument.value = try argument.value.replacingParameters(parameters)
            return argument
          }), at: position)
    case .scalar: return self
    }
  }
}
