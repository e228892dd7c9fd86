import Components
import Datasets
import Learners
import NeuralNetworks
import Search

/// The part of a recipe that a search varies, `prepare`, `model` and `train`, with its hyperparameters taken out and
/// named by their paths, as in `model.0.units`.
struct RecipeTemplate: Sendable {
  /// The hyperparameters in the order of the recipe.
  private(set) var space = SearchSpace([])
  /// Where each hyperparameter stands.
  private(set) var positions: [SourcePosition] = []
  private var sections: [String: RecipeNode] = [:]
  /// What the choices of a hyperparameter stand for.
  private var choices: [String: [RecipeNode]] = [:]

  /// An empty list at the place of the recipe: a section that is missing.
  let nothing: RecipeNode

  private static let slot = "hyperparameter"

  /// What is wrong with the names of components and with tags; what has a problem is left out.
  private(set) var problems: [Problem] = []

  /// Takes the hyperparameters out of a recipe.
  init(_ written: RecipeNode) {
    let recipe = written.labeled()
    nothing = RecipeNode(.list([]), at: recipe.position)
    if let list = recipe["prepare"] {
      sections["prepare"] = components(list, "prepare", Preparations.catalog)
    }
    if let model = recipe["model"] {
      if Self.namesLearner(model) {
        sections["model"] = attempt { try $0.component(model, "model", Learners.catalog) }
      } else if Self.isForm(model) {
        sections["model"] = attempt { try $0.value(model, "model") } ?? model
      } else {
        sections["model"] = components(model, "model", Layers.catalog)
      }
    }
    if let map = recipe["train"] { sections["train"] = training(map) }
  }

  /// Whether a model is a learner; otherwise it is a network.
  ///
  /// The name of a layer alone is a list that lacks its brackets.
  static func namesLearner(_ model: RecipeNode) -> Bool {
    switch model.kind {
    case .scalar(let name, _), .call(let name, _): Layers.catalog.component(named: name) == nil
    case .map(let entries):
      entries.count == 1 && Learners.catalog.component(named: entries[0].key) != nil
    default: false
    }
  }

  /// Whether a model is a map, or a choice of several models.
  private static func isForm(_ model: RecipeNode) -> Bool {
    switch model.kind {
    case .map, .tagged: true
    default: false
    }
  }

  /// Runs a step for one item; its problem is kept, and the item is left out.
  private mutating func attempt<Value>(_ body: (inout RecipeTemplate) throws -> Value) -> Value? {
    do {
      return try body(&self)
    } catch let problem as Problem {
      problems.append(problem)
    } catch {
      problems.append(Problem(at: nothing.position, message: "\(error)"))
    }
    return nil
  }

  /// A section with places of hyperparameters in it.
  func section(_ name: String) -> RecipeNode? { sections[name] }

  /// The number of the hyperparameter whose place a node is.
  func hyperparameter(in node: RecipeNode) -> Int? {
    guard case .tagged(Self.slot, let index) = node.kind else { return nil }
    return Int(recipe: index)
  }

  /// What the choices of a hyperparameter stand for.
  func choices(of number: Int) -> [RecipeNode] { choices[space.parameters[number].name] ?? [] }

  /// A section with the values of an assignment in place of its hyperparameters.
  func section(_ name: String, _ assignment: Assignment) -> RecipeNode? {
    sections[name].map { filled($0, assignment) }
  }

  private mutating func components<Product>(
    _ node: RecipeNode, _ path: String, _ catalog: Catalog<Product>
  ) -> RecipeNode {
    guard case .list(let items) = node.kind else { return node }
    let read = items.enumerated().compactMap { index, item in
      attempt { try $0.component(item, "\(path).\(index)", catalog) }
    }
    return RecipeNode(.list(read), at: node.position)
  }

  private mutating func component<Product>(
    _ node: RecipeNode, _ path: String, _ catalog: Catalog<Product>
  ) throws -> RecipeNode {
    if case .tagged = node.kind { return try value(node, path) }
    let call = try catalog.labeledCall(node)
    guard case .call(let name, let arguments) = call.kind else { return call }
    return RecipeNode(
      .call(
        name: name,
        arguments: try arguments.map { argument in
          var argument = argument
          argument.value = try value(argument.value, "\(path).\(argument.label ?? "")")
          return argument
        }), at: call.position)
  }

  private mutating func training(_ node: RecipeNode) -> RecipeNode {
    guard case .map(let entries) = node.kind else { return node }
    let read = entries.compactMap { entry in
      attempt { template -> RecipeNode.Entry in
        var entry = entry
        let path = "train.\(entry.key)"
        switch entry.key {
        case "loss": entry.value = try template.component(entry.value, path, Losses.catalog)
        case "optimizer": entry.value = try template.component(entry.value, path, Optimizers.catalog)
        case "schedule": entry.value = try template.component(entry.value, path, Schedules.catalog)
        case "initializer": entry.value = try template.component(entry.value, path, Initializers.catalog)
        default: entry.value = try template.value(entry.value, path)
        }
        return entry
      }
    }
    return RecipeNode(.map(read), at: node.position)
  }

  /// A value with its tags taken out, those inside of maps, lists and calls included.
  private mutating func value(
    _ node: RecipeNode, _ path: String, _ condition: SearchSpace.Condition? = nil
  ) throws -> RecipeNode {
    switch node.kind {
    case .tagged(let tag, let inner):
      let path = unused(path, condition)
      let distribution = try HyperparameterTag.distribution(tag, inner, path: path, at: node.position)
      let number = space.parameters.count
      space.parameters.append(.init(name: path, distribution: distribution, condition: condition))
      positions.append(node.position)
      if case .choice = distribution, case .list(let branches) = inner.kind {
        choices[path] = try branches.enumerated().map { choice, branch in
          try value(branch, path, .init(parameter: number, choice: choice))
        }
      }
      let index = RecipeNode(.scalar("\(number)", isQuoted: false), at: node.position)
      return RecipeNode(.tagged(Self.slot, index), at: node.position)
    case .map(let entries):
      return RecipeNode(
        .map(
          try entries.map { entry in
            var entry = entry
            entry.value = try value(entry.value, "\(path).\(entry.key)", condition)
            return entry
          }), at: node.position)
    case .list(let items):
      return RecipeNode(
        .list(try items.enumerated().map { try value($1, "\(path).\($0)", condition) }), at: node.position)
    case .call(let name, let arguments):
      return RecipeNode(
        .call(
          name: name,
          arguments: try arguments.enumerated().map { index, argument in
            var argument = argument
            argument.value = try value(argument.value, "\(path).\(argument.label ?? "\(index)")", condition)
            return argument
          }), at: node.position)
    default: return node
    }
  }

  /// A path that no other hyperparameter has: branches of a choice may have parameters of one name.
  private func unused(_ path: String, _ condition: SearchSpace.Condition?) -> String {
    guard let condition, space.parameters.contains(where: { $0.name == path }) else { return path }
    return "\(path).\(condition.choice)"
  }

  private func filled(_ node: RecipeNode, _ assignment: Assignment) -> RecipeNode {
    switch node.kind {
    case .tagged(Self.slot, let index):
      guard let number = Int(recipe: index) else { return node }
      return value(number, assignment, at: node.position)
    case .list(let items): return RecipeNode(.list(items.map { filled($0, assignment) }), at: node.position)
    case .map(let entries):
      return RecipeNode(
        .map(
          entries.map { entry in
            var entry = entry
            entry.value = filled(entry.value, assignment)
            return entry
          }), at: node.position)
    case .call(let name, let arguments):
      return RecipeNode(
        .call(
          name: name,
          arguments: arguments.map { argument in
            var argument = argument
            argument.value = filled(argument.value, assignment)
            return argument
          }), at: node.position)
    default: return node
    }
  }

  private func value(_ number: Int, _ assignment: Assignment, at position: SourcePosition) -> RecipeNode {
    let parameter = space.parameters[number]
    let value = assignment[number]
    switch parameter.distribution {
    case .choice:
      let chosen = choices[parameter.name]?[Int(value)] ?? RecipeNode(.list([]), at: position)
      return filled(chosen, assignment)
    case .integer: return RecipeNode(.scalar("\(Int(value))", isQuoted: false), at: position)
    case .real, .normal: return RecipeNode(.scalar("\(value)", isQuoted: false), at: position)
    }
  }
}
