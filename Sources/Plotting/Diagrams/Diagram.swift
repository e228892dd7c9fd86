/// A diagram as a value: labeled nodes and the arrows between them.
///
/// It is laid out by layers, so that arrows follow its direction wherever there is no cycle. Its text is short:
///
/// ```swift
/// let flow = try Diagram("""
///   data -> split -> {train, test}
///   train -> model: "fit"
///   model --> test
///   split [diamond]: "random split"
///   """)
/// ```
public struct Diagram: Codable, Hashable, Sendable {
  /// Where arrows lead.
  public enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
    case right, down
  }

  /// The outline of a node.
  public enum Shape: String, Codable, Hashable, Sendable, CaseIterable {
    case rounded, rectangle, ellipse, diamond
  }

  /// How the line of an edge is drawn.
  public enum LineStyle: String, Codable, Hashable, Sendable {
    case solid, dashed
  }

  /// Something that edges connect.
  public struct Node: Codable, Hashable, Sendable {
    /// The name by which edges know it.
    public var name: String
    /// What is written in it, as labels of plots are written.
    public var label: String
    /// Its outline.
    public var shape: Shape

    /// A node; its name is its label unless another is given.
    public init(_ name: String, label: String? = nil, shape: Shape = .rounded) {
      self.name = name
      self.label = label ?? name
      self.shape = shape
    }
  }

  /// A connection of two nodes.
  public struct Edge: Codable, Hashable, Sendable {
    /// The name of the node where it begins.
    public var from: String
    /// The name of the node where it ends.
    public var to: String
    /// What is written on it.
    public var label: String?
    /// How its line is drawn.
    public var style: LineStyle
    /// Whether it has an arrow head.
    public var isDirected: Bool

    /// An edge from one node to another.
    public init(
      _ from: String, _ to: String, label: String? = nil, style: LineStyle = .solid, isDirected: Bool = true
    ) {
      self.from = from
      self.to = to
      self.label = label
      self.style = style
      self.isDirected = isDirected
    }
  }

  /// Where arrows lead.
  public var direction: Direction
  /// The nodes in the order of their appearance.
  public private(set) var nodes: [Node]
  /// The edges in the order of their appearance.
  public private(set) var edges: [Edge]

  /// A diagram of nodes and edges.
  ///
  /// Nodes that only edges name are added; of nodes of one name the first counts.
  public init(direction: Direction = .right, nodes: [Node] = [], edges: [Edge]) {
    self.direction = direction
    self.nodes = []
    self.edges = edges
    var known: Set<String> = []
    let named = nodes + edges.flatMap { [Node($0.from), Node($0.to)] }
    for node in named where known.insert(node.name).inserted { self.nodes.append(node) }
  }

  /// The node of a name.
  public func node(named name: String) -> Node? { nodes.first { $0.name == name } }
}
