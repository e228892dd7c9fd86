/// The places of the nodes of a tree: levels apart, neighbors never closer than their widths, parents in the middle above
/// their children, and equal subtrees drawn alike.
///
/// As Reingold and Tilford (1981) do it: subtrees are moved together until their outlines are a gap apart. Outlines are
/// lists with one place a level, so that a tree of n nodes and depth d takes n · d steps; Buchheim, Jünger and Leipert
/// (2002) need n, which trees that can be read do not make worthwhile.
struct TidyTree {
  /// The tree with the width of each node.
  struct Node {
    var width: Double
    var children: [Node] = []
  }

  /// The place of each node across the levels, in the order of a walk that visits a node before its children.
  private(set) var places: [Double] = []

  /// The places of a tree with a gap between neighbors.
  init(_ root: Node, gap: Double = 1) { places = TidyTree.arranged(root, gap).places }

  private struct Subtree {
    /// The places relative to the root.
    var places: [Double]
    /// The left and the right end of each level relative to the root.
    var outline: [(left: Double, right: Double)]
  }

  private static func arranged(_ node: Node, _ gap: Double) -> Subtree {
    let own = (left: -node.width / 2, right: node.width / 2)
    guard !node.children.isEmpty else { return Subtree(places: [0], outline: [own]) }
    var centers: [Double] = []
    var outline: [(left: Double, right: Double)] = []
    var places: [[Double]] = []
    for child in node.children {
      let subtree = arranged(child, gap)
      let shift = zip(outline, subtree.outline).map { $0.right + gap - $1.left }.max() ?? 0
      centers.append(shift)
      places.append(subtree.places)
      for (level, ends) in subtree.outline.enumerated() {
        if level < outline.count {
          outline[level].right = ends.right + shift
        } else {
          outline.append((ends.left + shift, ends.right + shift))
        }
      }
    }
    let middle = ((centers.first ?? 0) + (centers.last ?? 0)) / 2
    return Subtree(
      places: [0] + zip(centers, places).flatMap { center, places in places.map { $0 + center - middle } },
      outline: [own] + outline.map { ($0.left - middle, $0.right - middle) })
  }
}
