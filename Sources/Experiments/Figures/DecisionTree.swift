import Components
import Plotting

extension Plot {
  /// A node of a decision tree, with the nodes below it.
  public struct TreeNode: Sendable {
    /// The question, as in `length ≤ 2.4`; empty for leaves.
    public var split: String
    /// How many examples reach the node.
    public var samples: Double
    /// How mixed they are; nil where it is not known.
    public var impurity: Double?
    /// How many examples, or which share of them, each class has; one value is that of a regression.
    public var values: [Double]
    /// The nodes below: the first where the answer is yes.
    public var children: [TreeNode]

    /// A node of a decision tree.
    public init(
      split: String = "", samples: Double, impurity: Double? = nil, values: [Double],
      children: [TreeNode] = []
    ) {
      self.split = split
      self.samples = samples
      self.impurity = impurity
      self.values = values
      self.children = children
    }
  }

  /// A decision tree: questions in boxes, with the examples that reach them, in the colors of their classes or shaded by
  /// their values; the purer a node, the stronger its color.
  ///
  /// Nodes deeper than `depth` questions, at most 12, are told by an ellipsis; without a depth as many questions are
  /// shown, up to five, as leave room for text on a page.
  public static func decisionTree(
    _ root: TreeNode, classes: [String] = [], impurity: String = "Gini", depth: Int? = nil
  ) -> Plot {
    func picture(_ depth: Int) -> DecisionTreePicture {
      DecisionTreePicture(root, classes: classes, impurity: impurity, depth: min(max(depth, 0), 12))
    }
    var shown = picture(depth ?? 5)
    for fewer in [4, 3, 2] where depth == nil && shown.width > 105 { shown = picture(fewer) }
    let levels = Double((shown.nodes.map { -$0.y }.max() ?? 0) + 1)
    let height = levels * (10 * Double(shown.nodes.map(\.lines.count).max() ?? 1) + 24) / 72 + 0.2
    return Plot(
      x: .hidden(), y: .hidden(), legend: .hidden,
      size: FigureSize(width: 6.4, height: min(max(height, 1.2), 8))
    ) { TreeMark(nodes: shown.nodes) }
  }
}

/// The boxes of a decision tree.
private struct DecisionTreePicture {
  private(set) var nodes: [TreeMark.Node] = []
  /// The width of the tree in letters; a page has room for some 105 that can be read.
  var width: Double {
    (nodes.map { $0.x + $0.room / 2 }.max() ?? 0) - (nodes.map { $0.x - $0.room / 2 }.min() ?? 0)
  }

  private let classes: [String]
  private let impurity: String
  private let depth: Int
  private let range: ClosedRange<Double>

  init(_ root: Plot.TreeNode, classes: [String], impurity: String, depth: Int) {
    (self.classes, self.impurity, self.depth) = (classes, impurity, depth)
    let values = DecisionTreePicture.values(root, depth).filter(\.isFinite)
    range = (values.min() ?? 0)...(values.max() ?? 0)
    let tree = add(root, level: 0, parent: nil, branch: "")
    for (index, place) in TidyTree(tree, gap: 2).places.enumerated() { nodes[index].x = place }
  }

  /// The first values of the shown nodes, which shade those of a regression.
  private static func values(_ node: Plot.TreeNode, _ depth: Int) -> [Double] {
    Array(node.values.prefix(1)) + (depth > 0 ? node.children.flatMap { values($0, depth - 1) } : [])
  }

  /// Adds a node with those below it; widths are counted in letters.
  private mutating func add(
    _ node: Plot.TreeNode, level: Int, parent: Int?, branch: String
  ) -> TidyTree.Node {
    let isCut = level >= depth && !node.children.isEmpty
    let lines = isCut && level > 0 ? ["…"] + text(node).dropFirst() : text(node)
    let width = Double(max(lines.map { Label($0).plain.count }.max() ?? 1, 3)) + 2
    let (color, opacity) = look(node)
    let index = nodes.count
    nodes.append(
      TreeMark.Node(
        x: 0, y: -Double(level), parent: parent, branch: branch, lines: lines, color: color,
        opacity: opacity, room: width))
    guard !isCut else { return TidyTree.Node(width: width) }
    let answers = level == 0 && node.children.count == 2 ? ["true", "false"] : []
    let below = node.children.enumerated().map { number, child in
      add(
        child, level: level + 1, parent: index, branch: number < answers.count ? answers[number] : "")
    }
    return TidyTree.Node(width: width, children: below)
  }

  /// The class with most examples; nil for regressions.
  private func winner(_ node: Plot.TreeNode) -> Int? {
    guard !classes.isEmpty || node.values.count > 1 else { return nil }
    let known = node.values.indices.filter { node.values[$0].isFinite }
    return known.max { (node.values[$0], -$0) < (node.values[$1], -$1) }
  }

  /// The question, or what a leaf says; then the examples and how mixed they are.
  private func text(_ node: Plot.TreeNode) -> [String] {
    let says: String
    if let winner = winner(node) {
      says = winner < classes.count ? shortened(classes[winner], to: 20) : "class \(winner + 1)"
    } else {
      says = node.values.first.map { ValueFormat.short($0) } ?? "–"
    }
    let isLeaf = node.children.isEmpty
    var lines = [isLeaf || node.split.isEmpty ? says : shortened(node.split, to: 32)]
    lines.append("n = \(ValueFormat.short(node.samples))")
    if let value = node.impurity, value.isFinite {
      lines.append("\(impurity) \(ValueFormat.decimals(value, 2))")
    }
    if !isLeaf, !node.split.isEmpty, winner(node) == nil { lines.append(says) }
    return lines
  }

  private func look(_ node: Plot.TreeNode) -> (Color, Double) {
    if let winner = winner(node) {
      let sum = node.values.filter(\.isFinite).reduce(0, +)
      let even = 1 / Double(max(node.values.count, 2))
      let share = sum > 0 ? node.values[winner] / sum : even
      return (.series(winner), 0.06 + 0.5 * min(max((share - even) / (1 - even), 0), 1))
    }
    guard let value = node.values.first, value.isFinite, range.upperBound > range.lowerBound else {
      return (.ramp(.blues, 0), 1)
    }
    return (ColorRamp.blues.color(at: (value - range.lowerBound) / (range.upperBound - range.lowerBound)), 1)
  }
}

extension ResultView {
  /// A decision tree.
  static let decisionTree = ResultView(
    name: "tree", help: "A decision tree: its questions and what its leaves say.",
    example: {
      func leaf(_ values: [Double], _ impurity: Double) -> Plot.TreeNode {
        .init(samples: values.reduce(0, +), impurity: impurity, values: values)
      }
      let left = Plot.TreeNode(
        split: "petal length ≤ 4.95", samples: 54, impurity: 0.168, values: [0, 49, 5],
        children: [
          .init(
            split: "petal width ≤ 1.65", samples: 48, impurity: 0.041, values: [0, 47, 1],
            children: [leaf([0, 47, 0], 0), leaf([0, 0, 1], 0)]), leaf([0, 2, 4], 0.444),
        ])
      let right = Plot.TreeNode(
        split: "petal length ≤ 4.85", samples: 46, impurity: 0.043, values: [0, 1, 45],
        children: [leaf([0, 1, 2], 0.444), leaf([0, 0, 43], 0)])
      return .plot(
        .decisionTree(
          .init(
            split: "petal length ≤ 2.45", samples: 150, impurity: 0.667, values: [50, 50, 50],
            children: [
              leaf([50, 0, 0], 0),
              .init(
                split: "petal width ≤ 1.75", samples: 100, impurity: 0.5, values: [0, 50, 50],
                children: [left, right]),
            ]), classes: ["setosa", "versicolor", "virginica"]))
    })
}
