import Components
import Datasets
import Learners
import NeuralNetworks
import Search

/// A way into a recipe, as in `train.learning-rate` or `model.0.units`.
struct RecipePath: Hashable {
  /// Keys of maps, labels of arguments and numbers of list items, from the recipe on.
  var components: [String]

  /// The way that a text names, divided at its dots.
  init(_ text: String) { components = text.split(separator: ".").map(String.init) }

  init(_ components: [String]) { self.components = components }

  var text: String { components.joined(separator: ".") }
}

extension RecipeNode {
  /// The node with another one in the place that a path names.
  ///
  /// Keys that are missing are put in; items of lists must be there. Throws what the way has come to otherwise.
  func replacing(
    _ path: RecipePath, with value: RecipeNode, keyPosition: SourcePosition
  ) throws -> RecipeNode {
    guard let first = path.components.first else { return value }
    let rest = RecipePath(Array(path.components.dropFirst()))
    switch kind {
    case .map(var entries):
      if let index = entries.firstIndex(where: { $0.key == first }) {
        entries[index].value = try entries[index].value.replacing(rest, with: value, keyPosition: keyPosition)
      } else {
        let empty = RecipeNode(.map([]), at: value.position)
        entries.append(
          .init(
            key: first, keyPosition: keyPosition,
            value: try empty.replacing(rest, with: value, keyPosition: keyPosition)))
      }
      return RecipeNode(.map(entries), at: position)
    case .list(var items):
      guard let index = Int(first), items.indices.contains(index) else {
        throw Problem(
          RecipeError.noSuchItem(path: path.text, count: items.count), at: keyPosition)
      }
      items[index] = try items[index].replacing(rest, with: value, keyPosition: keyPosition)
      return RecipeNode(.list(items), at: position)
    case .call(let name, var arguments):
      // Arguments of what is no known component have no labels, only numbers.
      let number = Int(first).flatMap {
        arguments.indices.contains($0) && arguments[$0].label == nil ? $0 : nil
      }
      if let index = number ?? arguments.firstIndex(where: { $0.label == first }) {
        arguments[index].value = try arguments[index].value.replacing(
          rest, with: value, keyPosition: keyPosition)
      } else {
        guard rest.components.isEmpty else {
          throw Problem(RecipeError.noWay(path: path.text, found: shortDescription), at: keyPosition)
        }
        arguments.append(.init(label: first, position: keyPosition, value: value))
      }
      return RecipeNode(.call(name: name, arguments: arguments), at: position)
    // A component without arguments gets its first one.
    case .scalar(let name, isQuoted: false) where rest.components.isEmpty && CoreSchema.number(name) == nil:
      return RecipeNode(
        .call(name: name, arguments: [.init(label: first, position: keyPosition, value: value)]), at: position
      )
    case .scalar, .tagged:
      throw Problem(RecipeError.noWay(path: path.text, found: shortDescription), at: keyPosition)
    }
  }

  /// The recipe with labels at all arguments of components, so that paths can name them.
  ///
  /// What names no component stays as it is: decoding says what is wrong with it.
  func labeled() -> RecipeNode {
    guard case .map(var entries) = kind else { return self }
    for index in entries.indices {
      let value = entries[index].value
      switch entries[index].key {
      case "prepare": entries[index].value = value.labelingItems(Preparations.catalog)
      case "model": entries[index].value = value.labelingModel()
      case "train": entries[index].value = value.labelingTraining()
      case "search":
        entries[index].value = value.mappingEntries { key, node in
          key == "sampler" ? node.labelingItems(Samplers.catalog) : node
        }
      default: break
      }
    }
    return RecipeNode(.map(entries), at: position)
  }

  private func labelingModel() -> RecipeNode {
    if RecipeTemplate.namesLearner(self) { return labelingItems(Learners.catalog) }
    switch kind {
    case .map: return mappingEntries { _, node in node.mappingEntries { $1.labelingItems(Layers.catalog) } }
    case .tagged(let tag, let inner) where ["each", "choice"].contains(tag):
      // Branches may be networks and learners.
      let labeled: RecipeNode
      if case .list(let branches) = inner.kind {
        labeled = RecipeNode(.list(branches.map { $0.labelingModel() }), at: inner.position)
      } else {
        labeled = inner.mappingEntries { _, branch in branch.labelingModel() }
      }
      return RecipeNode(.tagged(tag, labeled), at: position)
    default: return labelingItems(Layers.catalog)
    }
  }

  private func labelingTraining() -> RecipeNode {
    mappingEntries { key, node in
      switch key {
      case "loss": node.labelingItems(Losses.catalog)
      case "optimizer", "generator-optimizer", "discriminator-optimizer":
        node.labelingItems(Optimizers.catalog)
      case "schedule": node.labelingItems(Schedules.catalog)
      case "initializer": node.labelingItems(Initializers.catalog)
      default: node
      }
    }
  }

  private func mappingEntries(_ transform: (String, RecipeNode) -> RecipeNode) -> RecipeNode {
    guard case .map(var entries) = kind else { return self }
    for index in entries.indices {
      entries[index].value = transform(entries[index].key, entries[index].value)
    }
    return RecipeNode(.map(entries), at: position)
  }

  /// The components of a list, of the branches of a tag, or the one that stands there, with labels.
  private func labelingItems<Product>(_ catalog: Catalog<Product>) -> RecipeNode {
    switch kind {
    case .list(let items):
      return RecipeNode(.list(items.map { $0.labelingItems(catalog) }), at: position)
    case .tagged(let tag, let inner) where ["each", "choice"].contains(tag):
      // Branches with names stand in a map, which is not one component with its arguments.
      if case .map(let entries) = inner.kind {
        let labeled = entries.map { entry in
          var entry = entry
          entry.value = entry.value.labelingItems(catalog)
          return entry
        }
        return RecipeNode(.tagged(tag, RecipeNode(.map(labeled), at: inner.position)), at: position)
      }
      return RecipeNode(.tagged(tag, inner.labelingItems(catalog)), at: position)
    case .call, .map:
      guard let call = try? catalog.labeledCall(self), case .call(let name, var arguments) = call.kind else {
        return self
      }
      for index in arguments.indices {
        switch arguments[index].value.kind {
        case .call, .list: arguments[index].value = arguments[index].value.labelingItems(catalog)
        default: break
        }
      }
      return RecipeNode(.call(name: name, arguments: arguments), at: position)
    case .scalar, .tagged: return self
    }
  }
}
