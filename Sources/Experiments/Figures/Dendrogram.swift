import Components
import Plotting

extension Plot {
  /// A step of hierarchical clustering, as SciPy's `linkage` has it.
  ///
  /// Of n leaves the numbers are 0 to n − 1; the cluster of the first merge has the number n, and so on.
  public struct Merge: Sendable {
    /// The number of the first cluster.
    public var left: Int
    /// The number of the second cluster.
    public var right: Int
    /// The distance of both.
    public var height: Double
    /// How many leaves they have together.
    public var size: Int

    /// A step of hierarchical clustering.
    public init(left: Int, right: Int, height: Double, size: Int) {
      self.left = left
      self.right = right
      self.height = height
      self.size = size
    }
  }

  /// The merges of a hierarchical clustering; those at or below the cut are in the colors of their clusters.
  ///
  /// Long names, or many, let the tree grow to the right. Merges from the first that is not possible on are left out.
  public static func dendrogram(
    _ merges: [Merge], names: [String] = [], cut: Double? = nil, label: String = "distance"
  ) -> Plot {
    let tree = DendrogramTree(merges)
    let count = tree.order.count
    let shown = tree.order.map { shortened($0 < names.count ? names[$0] : "\($0 + 1)", to: 20) }
    let letters = shown.reduce(0) { $0 + $1.count + 2 }
    let isFlat = letters > 66 && count <= 60
    let isNamed = count <= 60 && (!isFlat || count <= 45 || names.isEmpty)
    let ticks = isNamed ? shown.enumerated().map { (value: Double($0.offset), label: $0.element) } : []
    let leaves = Axis.linear(
      isNamed ? "" : "\(count) examples", limits: -0.6...(Double(max(count, 1)) - 0.4)
    ).marked(ticks).withoutGrid()
    let highest = max(tree.merges.map(\.height).max() ?? 1, cut ?? 0)
    let heights = Axis.linear(label, limits: 0...(highest > 0 ? highest * 1.05 : 1))
    let lines = tree.lines(cut: cut)
    let size =
      isFlat
      ? FigureSize(width: 6, height: min(max(0.19 * Double(count) + 0.8, 2.6), 8))
      : FigureSize(width: 6, height: 3.8)
    return Plot(x: isFlat ? heights : leaves, y: isFlat ? leaves.reversed() : heights, size: size) {
      for line in lines {
        let color = line.cluster.map { Color.series($0) } ?? .muted
        LineMark(
          x: isFlat ? line.heights : line.places, y: isFlat ? line.places : line.heights, color: color,
          width: 1.3)
      }
      if let cut {
        let text = "cut at \(ValueFormat.short(cut))"
        isFlat ? RuleMark(x: cut, label: text) : RuleMark(y: cut, label: text)
      }
    }
  }
}

/// Merges that are possible, with their leaves in an order in which no lines cross.
struct DendrogramTree {
  /// Brackets of one color: four corners each, with a value that is not finite behind them.
  struct Brackets {
    /// The number of the cluster, from the left; nil above the cut.
    var cluster: Int?
    var places: [Double] = []
    var heights: [Double] = []
  }

  /// The merges that are possible.
  let merges: [Plot.Merge]
  /// The leaves, from the left.
  private(set) var order: [Int] = []
  private let leaves: Int
  /// The clusters that are in no other.
  private let roots: [Int]

  init(_ given: [Plot.Merge]) {
    let count = given.isEmpty ? 0 : given.count + 1
    var isFree = [Bool](repeating: true, count: count)
    var possible: [Plot.Merge] = []
    for merge in given {
      guard isFree.indices.contains(merge.left), isFree.indices.contains(merge.right),
        merge.left != merge.right, isFree[merge.left], isFree[merge.right], merge.height.isFinite,
        merge.height >= 0
      else { break }
      isFree[merge.left] = false
      isFree[merge.right] = false
      isFree.append(true)
      possible.append(merge)
    }
    merges = possible
    leaves = count
    roots = isFree.indices.filter { isFree[$0] }
    order = walk { $0 < count ? $0 : nil }
  }

  /// What a function gives for each cluster, the first part of each before its second.
  private func walk(_ value: (Int) -> Int?) -> [Int] {
    var found: [Int] = []
    var waiting = Array(roots.reversed())
    while let cluster = waiting.popLast() {
      if let value = value(cluster) { found.append(value) }
      guard cluster >= leaves else { continue }
      let merge = merges[cluster - leaves]
      waiting += [merge.right, merge.left]
    }
    return found
  }

  /// The brackets of all merges: muted above the cut, then those of each cluster below it.
  func lines(cut: Double?) -> [Brackets] {
    var centers = [Double](repeating: 0, count: leaves + merges.count)
    for (place, leaf) in order.enumerated() { centers[leaf] = Double(place) }
    for (index, merge) in merges.enumerated() {
      centers[leaves + index] = (centers[merge.left] + centers[merge.right]) / 2
    }
    func height(_ cluster: Int) -> Double { cluster < leaves ? 0 : merges[cluster - leaves].height }
    var groups = [Brackets()]
    var colors = [Int?](repeating: nil, count: leaves + merges.count)
    for cluster in walk({ $0 >= leaves ? $0 : nil }) {
      let merge = merges[cluster - leaves]
      if let cut, colors[cluster] == nil, merge.height <= cut {
        colors[cluster] = groups.count - 1
        groups.append(Brackets(cluster: groups.count - 1))
      }
      colors[merge.left] = colors[cluster]
      colors[merge.right] = colors[cluster]
      let group = colors[cluster].map { $0 + 1 } ?? 0
      let (left, right) = (centers[merge.left], centers[merge.right])
      groups[group].places += [left, left, right, right, .nan]
      groups[group].heights += [height(merge.left), merge.height, merge.height, height(merge.right), .nan]
    }
    return groups.filter { !$0.places.isEmpty }
  }
}

extension ResultView {
  /// The merges of a hierarchical clustering.
  static let dendrogram = ResultView(
    name: "dendrogram", help: "The merges of a hierarchical clustering, with the clusters below a cut.",
    example: {
      let merges = [
        (0, 1, 0.3, 2), (3, 4, 0.42, 2), (2, 10, 0.55, 3), (6, 7, 0.61, 2), (5, 11, 0.7, 3), (8, 13, 0.95, 3),
        (9, 15, 1.2, 4), (12, 14, 1.9, 6), (16, 17, 2.6, 10),
      ]
      return .plot(
        .dendrogram(
          merges.map { .init(left: $0.0, right: $0.1, height: $0.2, size: $0.3) },
          names: ["wolf", "dog", "fox", "cat", "lynx", "lion", "trout", "salmon", "carp", "eel"], cut: 1.4))
    })
}
