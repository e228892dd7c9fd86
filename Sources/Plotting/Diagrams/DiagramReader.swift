import Components

/// Reads the text of diagrams, a statement a line.
///
/// - `a -> b -> {c, d}` connects nodes; `-->` is dashed and `--` has no head; `: text` behind it labels the arrow.
/// - `name: "text"` gives a node its label, `name [diamond]: "text"` a shape too.
/// - `direction: down` lets arrows lead downwards.
/// - `#` at the beginning of a line or behind a blank begins a comment.
struct DiagramReader {
  private(set) var faults: [DiagramFault] = []
  private var nodes: [Diagram.Node] = []
  private var edges: [Diagram.Edge] = []
  private var direction = Diagram.Direction.right
  private var labeled: Set<String> = []
  private var shaped: Set<String> = []

  /// The diagram of a text, and everything wrong with it.
  static func read(_ text: String) -> (diagram: Diagram, faults: [DiagramFault]) {
    var reader = DiagramReader()
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() {
      do {
        try reader.read(DiagramLine(line))
      } catch {
        reader.faults.append(DiagramFault(error: error.error, line: number + 1, column: error.column))
      }
    }
    if reader.nodes.isEmpty, reader.faults.isEmpty {
      reader.faults.append(DiagramFault(error: .noNodes, line: 1, column: 1))
    }
    let diagram = Diagram(direction: reader.direction, nodes: reader.nodes, edges: reader.edges)
    return (diagram, reader.faults)
  }

  private mutating func read(_ line: DiagramLine) throws(DiagramLine.Fault) {
    var line = line
    guard !line.isAtEnd else { return }
    if let value = try line.setting(of: "direction") {
      guard let direction = Diagram.Direction(rawValue: value.text) else {
        throw .init(error: .unknownDirection(name: value.text), column: value.column)
      }
      self.direction = direction
      return
    }
    var group = try addedGroup(&line)
    var steps = 0
    let firstEdge = edges.count
    while let arrow = try line.arrow() {
      let next = try addedGroup(&line, behind: arrow.text)
      for from in group {
        for to in next {
          edges.append(.init(from, to, style: arrow.style, isDirected: arrow.isDirected))
        }
      }
      group = next
      steps += 1
    }
    guard let label = try line.label() else { return }
    switch steps {
    case 0: try setLabel(label, of: group)
    case 1: for index in firstEdge..<edges.count { edges[index].label = label.text }
    default: throw .init(error: .labelOfSeveralSteps, column: label.column)
    }
  }

  /// Reads a node or a group of them and makes them known; the names.
  private mutating func addedGroup(
    _ line: inout DiagramLine, behind arrow: String? = nil
  ) throws(DiagramLine.Fault) -> [String] {
    var names: [String] = []
    for item in try line.group(behind: arrow) {
      if !nodes.contains(where: { $0.name == item.name }) { nodes.append(.init(item.name)) }
      if !names.contains(item.name) { names.append(item.name) }
      guard let shape = item.shape, let index = nodes.firstIndex(where: { $0.name == item.name }) else {
        continue
      }
      guard shaped.insert(item.name).inserted || nodes[index].shape == shape else {
        throw .init(error: .secondShape(node: item.name), column: item.column)
      }
      nodes[index].shape = shape
    }
    return names
  }

  private mutating func setLabel(
    _ label: (text: String, column: Int), of group: [String]
  ) throws(DiagramLine.Fault) {
    guard group.count == 1, let index = nodes.firstIndex(where: { $0.name == group[0] }) else {
      throw .init(error: .labelOfGroup, column: label.column)
    }
    let name = group[0]
    let isDirection = Diagram.Direction(rawValue: label.text) != nil
    if isDirection, Suggestion.nearest(to: name, among: ["direction"]) != nil {
      throw .init(error: .misspelledDirection(key: name), column: 1)
    }
    guard labeled.insert(name).inserted || nodes[index].label == label.text else {
      throw .init(error: .secondLabel(node: name), column: label.column)
    }
    nodes[index].label = label.text
  }
}

extension Diagram {
  /// The diagram of a text; throws the first fault in it.
  public init(_ text: String) throws {
    let (diagram, faults) = DiagramReader.read(text)
    if let fault = faults.first { throw fault }
    self = diagram
  }

  /// Reads a text and tells everything that is wrong with it.
  public static func faults(of text: String) -> [DiagramFault] { DiagramReader.read(text).faults }
}
