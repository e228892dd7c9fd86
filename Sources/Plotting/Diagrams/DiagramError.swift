import Components

/// What can be wrong with the text of a diagram, as facts.
public enum DiagramError: Error, Equatable, Sendable {
  case noNodes
  case unclosedQuote
  case unclosedGroup
  case unclosedShape
  case strayCharacter(String)
  case emptyGroup
  case missingNode(behind: String)
  case singleHyphen
  case backwardArrow(String)
  case foreignArrow(String)
  case missingArrow(before: String)
  case emptyLabel
  case labelOfSeveralSteps
  case labelOfGroup
  case unknownShape(name: String)
  case unknownDirection(name: String)
  case misspelledDirection(key: String)
  case secondLabel(node: String)
  case secondShape(node: String)
}

extension DiagramError: Explained {
  /// What is wrong, without a full stop.
  public var sentence: String {
    switch self {
    case .noNodes: "the diagram has no nodes"
    case .unclosedQuote: "the quotation mark is never closed"
    case .unclosedGroup: "the group { is never closed"
    case .unclosedShape: "the shape [ is never closed"
    case .strayCharacter(let character): "\"\(character)\" has no meaning here"
    case .emptyGroup: "the group holds no node"
    case .missingNode(let sign): "a node must stand beside \(sign)"
    case .singleHyphen: "a single - is not an arrow"
    case .backwardArrow(let arrow): "the arrow \(arrow) points backwards"
    case .foreignArrow(let arrow): "\(arrow) is not an arrow of diagrams"
    case .missingArrow(let text): "an arrow must stand before \"\(text)\""
    case .emptyLabel: "the label behind the colon is empty"
    case .labelOfSeveralSteps: "the label would belong to several arrows"
    case .labelOfGroup: "the label would belong to several nodes"
    case .unknownShape(let name): "unknown shape \"\(name)\""
    case .unknownDirection(let name): "unknown direction \"\(name)\""
    case .misspelledDirection(let key): "unknown key \"\(key)\""
    case .secondLabel(let node): "the node \"\(node)\" already has another label"
    case .secondShape(let node): "the node \"\(node)\" already has another shape"
    }
  }

  /// What would mend it.
  public var hint: String? {
    switch self {
    case .noNodes: "as in data -> model -> metrics"
    case .unclosedQuote: "close it on the same line"
    case .unclosedGroup: "as in {train, test}"
    case .unclosedShape, .strayCharacter("["): "as in name [diamond]"
    case .singleHyphen: "write -> or --"
    case .backwardArrow: "exchange the two sides and write ->"
    case .foreignArrow: "write ->, --> for a dashed arrow, or -- for a line"
    case .emptyLabel: "as in a -> b: fit"
    case .labelOfSeveralSteps: "give the labeled arrow a line of its own"
    case .labelOfGroup: "give every node a line of its own"
    case .unknownShape(let name): Suggestion.hint(for: name, among: Diagram.Shape.allCases.map(\.rawValue))
    case .unknownDirection(let name):
      Suggestion.hint(for: name, among: Diagram.Direction.allCases.map(\.rawValue))
    case .misspelledDirection: "did you mean \"direction\"?"
    default: nil
    }
  }
}

/// A fault in the text of a diagram, and where it is: what building one in a Swift cell throws.
public struct DiagramFault: Error, Equatable, Sendable {
  /// What is wrong.
  public var error: DiagramError
  /// The line within the text, from one.
  public var line: Int
  /// The column in characters, from one.
  public var column: Int
}

extension DiagramFault: Explained {
  /// What is wrong and where, without a full stop.
  public var sentence: String { "line \(line), column \(column) of the diagram: \(error.sentence)" }

  /// What would mend it.
  public var hint: String? { error.hint }
}
