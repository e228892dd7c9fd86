/// All members of a family by name: what `lectern list` prints, what recipes are decoded with, and what tests run the
/// family's contract over.
public struct Catalog<Product>: Sendable {
  /// What a member is called in sentences: `optimizer`.
  public let what: String
  /// The members in the order in which they are listed.
  public let components: [Component<Product>]

  /// A catalog of components with different names.
  public init(_ what: String, _ components: [Component<Product>]) {
    self.what = what
    self.components = components
  }

  /// The names of all members.
  public var names: [String] { components.map(\.name) }

  /// The member of a name.
  public func component(named name: String) -> Component<Product>? {
    components.first { $0.name == name }
  }

  /// Makes what a recipe names: `relu`, `adam(beta1: 0.8)` or `adam: {beta1: 0.8}`.
  public func decode(_ node: RecipeNode) throws -> Product {
    let call = try labeledCall(node)
    guard case .call(let name, let arguments) = call.kind, let component = component(named: name) else {
      throw Problem(RecipeError.notAComponent(what: what, found: node.shortDescription), at: node.position)
    }
    var values = Arguments(position: node.position)
    for argument in arguments {
      guard let parameter = component.parameters.first(where: { $0.name == argument.label }) else { continue }
      try values.set(parameter, to: argument.value)
    }
    for parameter in component.parameters
    where parameter.defaultText == nil && values.given[parameter.name] == nil {
      throw Problem(
        RecipeError.missingArgument(of: name, name: parameter.name, type: parameter.typeDescription),
        at: node.position)
    }
    return try component.product(from: values)
  }

  /// Brings every way of naming a member into one form: a call whose arguments all carry their labels.
  ///
  /// Names are checked here, values are not: they may still be hyperparameters.
  public func labeledCall(_ node: RecipeNode) throws -> RecipeNode {
    let (name, given) = try parts(of: node)
    guard let component = component(named: name) else {
      throw Problem(RecipeError.unknownComponent(what: what, name: name, known: names), at: node.position)
    }
    var labeled: [RecipeNode.Argument] = []
    for (index, argument) in given.enumerated() {
      let parameter: (any AnyParameter)?
      if let label = argument.label {
        parameter = component.parameters.first { $0.name == label }
      } else {
        parameter = index < component.parameters.count ? component.parameters[index] : nil
      }
      guard let parameter else {
        let error: RecipeError =
          argument.label.map {
            .unknownParameter(of: name, name: $0, known: component.parameters.map(\.name))
          } ?? .tooManyArguments(of: name, allowed: component.parameters.map(\.name))
        throw Problem(error, at: argument.position)
      }
      guard !labeled.contains(where: { $0.label == parameter.name }) else {
        throw Problem(RecipeError.duplicateArgument(of: name, name: parameter.name), at: argument.position)
      }
      labeled.append(.init(label: parameter.name, position: argument.position, value: argument.value))
    }
    return RecipeNode(.call(name: name, arguments: labeled), at: node.position)
  }

  /// The name and arguments in a node.
  private func parts(of node: RecipeNode) throws -> (name: String, arguments: [RecipeNode.Argument]) {
    switch node.kind {
    case .scalar(let text, _): return (text, [])
    case .call(let name, let arguments): return (name, arguments)
    case .map(let entries) where entries.count == 1:
      let arguments: [RecipeNode.Argument]
      switch entries[0].value.kind {
      case .map(let parameters):
        arguments = parameters.map { .init(label: $0.key, position: $0.keyPosition, value: $0.value) }
      case .scalar("", isQuoted: false): arguments = []
      default: arguments = [.init(label: nil, position: entries[0].value.position, value: entries[0].value)]
      }
      return (entries[0].key, arguments)
    default:
      throw Problem(RecipeError.notAComponent(what: what, found: node.shortDescription), at: node.position)
    }
  }
}

/// A member of a catalog without its product: what lists and tables show.
public struct ComponentDescription: Sendable {
  /// The name in recipes.
  public let name: String
  /// One line of help.
  public let help: String
  /// The parameters in positional order.
  public let parameters: [any AnyParameter]
  /// How Swift writes it; nil for what Swift cannot make.
  public let swiftForm: SwiftForm?

  /// A member.
  public init(
    name: String, help: String, parameters: [any AnyParameter] = [], swift: SwiftForm? = nil
  ) {
    self.name = name
    self.help = help
    self.parameters = parameters
    swiftForm = swift
  }
}

extension Catalog {
  /// The members without their products.
  public var descriptions: [ComponentDescription] {
    components.map { .init(name: $0.name, help: $0.help, parameters: $0.parameters, swift: $0.swiftForm) }
  }
}
