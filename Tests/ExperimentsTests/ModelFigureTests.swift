import Experiments
import Plotting
import Testing

@Suite("Figures of data and of models")
struct ModelFigureTests {
  // MARK: Correlation

  private func correlations(_ columns: [[Double]]) throws -> [Double] {
    try #require(Plot.correlationMatrix(columns).marks.first as? HeatMapMark).grid.values
  }

  @Test("Correlations are those computed by hand, of Anscombe's first set, and far from zero")
  func correlation() throws {
    let small = try correlations([[1, 2, 3, 4, 5], [2, 1, 4, 3, 5], [-1, -2, -3, -4, -5]])
    let expected = [1, 0.8, -1, 0.8, 1, -0.8, -1, -0.8, 1]
    for (value, number) in zip(small, expected) { #expect((value - number).magnitude < 1e-14) }
    let x: [Double] = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    // As R 4.3 has it: cor(anscombe$x1, anscombe$y1).
    #expect((try correlations([x, y])[1] - 0.81642051634484).magnitude < 1e-12)
    #expect((try correlations([x.map { $0 + 1e9 }, y])[1] - 0.81642051634484).magnitude < 1e-12)
  }

  @Test("Constant columns have no correlation, rows with gaps are left out")
  func gaps() throws {
    let values = try correlations([[1, 2, .nan, 3], [1, 2, 7, 3], [0.1, 0.1, 0.1, 0.1], [], [4]])
    #expect((values[1] - 1).magnitude < 1e-14)
    for index in [2, 3, 12, 24] { #expect(values[index].isNaN) }
  }

  // MARK: Trees

  /// A tree of any shape, always the same for a number.
  private static func tree(_ state: inout UInt64, depth: Int) -> Plot.TreeNode {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let count = depth == 0 ? 0 : Int(state >> 33) % 4
    let split = String(repeating: "x", count: 1 + Int(state >> 40) % 9)
    return Plot.TreeNode(
      split: split, samples: 4, values: [1, 3],
      children: (0..<count).map { _ in tree(&state, depth: depth - 1) })
  }

  @Test(
    "Nodes of a tree stay apart in the order of their parents, which stand in the middle", arguments: 1...30)
  func tidy(number: UInt64) throws {
    var state = number
    let root = Self.tree(&state, depth: 5)
    let nodes = try #require(Plot.decisionTree(root, depth: 9).marks.first as? TreeMark).nodes
    for level in Set(nodes.map(\.y)) {
      // A walk visits the nodes of a level from the left.
      let row = nodes.filter { $0.y == level }
      for (left, right) in zip(row, row.dropFirst()) {
        #expect(right.x - left.x >= (left.room + right.room) / 2)
      }
    }
    for index in nodes.indices {
      let below = nodes.filter { $0.parent == index }
      guard let first = below.first, let last = below.last else { continue }
      #expect((nodes[index].x - (first.x + last.x) / 2).magnitude < 1e-9)
      #expect(below.allSatisfy { $0.y == nodes[index].y - 1 })
    }
  }

  @Test("A deep tree ends in ellipses, and the first answers are named")
  func deepTree() throws {
    var node = Plot.TreeNode(samples: 1, values: [1, 0])
    for _ in 0..<300 {
      node = .init(
        split: "x ≤ 1", samples: 2, values: [1, 1], children: [node, .init(samples: 1, values: [0, 1])])
    }
    let nodes = try #require(Plot.decisionTree(node, depth: 3).marks.first as? TreeMark).nodes
    #expect(nodes.count == 7)
    #expect(nodes.map(\.branch).filter { !$0.isEmpty } == ["true", "false"])
    #expect(nodes.filter { $0.lines.first == "…" }.count == 1)
    func full(_ depth: Int) -> Plot.TreeNode {
      .init(
        split: "x ≤ 1", samples: 2, values: [1, 1],
        children: depth == 0 ? [] : [full(depth - 1), full(depth - 1)])
    }
    let wide = try #require(Plot.decisionTree(full(7)).marks.first as? TreeMark).nodes
    #expect(wide.count == 15)
  }

  @Test("Boxes of a tree do not touch each other at any width", arguments: [2.5, 3.4, 6.4, 10])
  func boxes(width: Double) throws {
    var state: UInt64 = 5
    let figure = Figure.plot(.decisionTree(Self.tree(&state, depth: 4)))
    let drawing = PlotLayout(measurer: FixedRatioMeasurer()).drawing(
      of: figure, size: figure.size(fitting: width))
    let boxes = drawing.layers.flatMap(\.shapes).compactMap { shape -> Rectangle? in
      guard shape.stroke != nil, case .rectangle(let area) = shape.geometry else { return nil }
      return area
    }
    for (index, box) in boxes.enumerated() {
      for other in boxes.dropFirst(index + 1) {
        let overlaps =
          box.x < other.right && other.x < box.right && box.y < other.bottom && other.y < box.bottom
        #expect(!overlaps, "\(box) and \(other)")
      }
    }
  }

  @Test("Leaves of a dendrogram stand so that no lines cross, clusters below the cut have colors")
  func dendrogram() throws {
    let merges = [(0, 3, 1.0), (1, 4, 1.5), (2, 6, 2.0), (5, 7, 4.0)].map {
      Plot.Merge(left: $0.0, right: $0.1, height: $0.2, size: 2)
    }
    let lines = Plot.dendrogram(merges, cut: 2).marks.compactMap { $0 as? LineMark }
    #expect(lines.map(\.color) == [.muted, .series(0), .series(1)])
    // Leaves 0, 3, 2, 1, 4 from the left; the last merge joins the middles 0.5 and 2.75.
    #expect(lines[0].x.prefix(4) == [0.5, 0.5, 2.75, 2.75] && lines[0].y.prefix(4) == [1, 4, 4, 2])
    #expect(lines[1].x.prefix(4) == [0, 0, 1, 1] && lines[1].y.prefix(4) == [0, 1, 1, 0])
    #expect(lines[2].x.prefix(4) == [2, 2, 3.5, 3.5] && lines[2].y.prefix(4) == [0, 2, 2, 1.5])
  }

  // MARK: Others

  @Test("Silhouettes fall within each cluster, and the rule is their mean")
  func silhouette() throws {
    let marks = Plot.silhouette([0.2, 0.8, -0.1, 0.5, .nan, 0.6], clusters: [1, 0, 1, 0, 0, -1]).marks
    let blocks = marks.compactMap { $0 as? PolygonMark }
    #expect(blocks.map(\.x) == [[0, 0.8, 0.8, 0.5, 0.5, 0], [0, 0.2, 0.2, -0.1, -0.1, 0]])
    #expect(blocks.map(\.y) == [[0, 0, 1, 1, 2, 2], [3, 3, 4, 4, 5, 5]])
    let rule = try #require(marks.compactMap { $0 as? RuleMark }.first)
    #expect((try #require(rule.x) - 0.35).magnitude < 1e-15)
  }

  @Test("Features are sorted by importance, those without one last; repeats give mean and deviation")
  func importances() throws {
    let plot = Plot.featureImportances(
      names: ["a", "b", "c", "b"], [0.1, .nan, 0.5, 0.1], errors: [1, 2, 3, 4])
    let bars = try #require(plot.marks.first as? BarMark)
    #expect(bars.categories == ["c", "a", "b (2)", "b"])
    #expect(bars.errors == [3, 1, 4, 2])
    let repeated = Plot.featureImportances(names: ["a", "b"], repeats: [[1, 2, 3], [4, 6]])
    let means = try #require(repeated.marks.first as? BarMark)
    let deviations = [Double(2).squareRoot(), 1]
    #expect(means.heights == [5, 2] && means.errors == deviations)
  }

  @Test("Ellipses lie where the density has fallen by the squared radius")
  func ellipses() throws {
    let ellipse = Plot.ClusterEllipse(x: 1, y: -2, varianceX: 4, varianceY: 2, covariance: -1.5)
    let plot = Plot.clusters(x: [], y: [], clusters: [], ellipses: [ellipse])
    let outlines = plot.marks.compactMap { $0 as? PolygonMark }
    #expect(outlines.count == 2)
    for (outline, radius) in zip(outlines, [2.0, 1]) {
      for (x, y) in zip(outline.x, outline.y) {
        let (dx, dy) = (x - 1, y + 2)
        // The inverse of the covariance by hand: its determinant is 4 · 2 − 1.5².
        let distance = (2 * dx * dx + 3 * dx * dy + 4 * dy * dy) / 5.75
        #expect((distance - radius * radius).magnitude < 1e-12)
      }
    }
  }

  @Test("The cumulative share of components is their sum, and the threshold names how many reach it")
  func variance() throws {
    let plot = Plot.explainedVariance([0.5, 0.25, 0.125], threshold: 0.75)
    #expect(plot.marks.compactMap { $0 as? LineMark }.first?.y == [0.5, 0.75, 0.875])
    #expect(plot.marks.compactMap { $0 as? RuleMark }.first?.label == "75 %: 2 components")
  }

  @Test("Classes are counted by part; bars begin where those below end")
  func balance() {
    let plot = Plot.classBalance(
      [("train", [0, 0, 1, 7, -1]), ("test", [1, 1, 0])], classes: ["yes", "no"])
    let bars = plot.marks.compactMap { $0 as? BarMark }
    #expect(bars.map(\.heights) == [[2, 1], [1, 2]])
    #expect(bars.map(\.bases) == [[0, 0], [2, 1]])
  }

  @Test(
    "Any data are drawn without a trap and without values that are no numbers", arguments: hostile.indices)
  func anyData(index: Int) throws {
    let values = Self.hostile[index]
    let names = values.indices.map { _ in String(repeating: "very long name ", count: 9) }
    let numbers = values.indices.map { $0 * 7 % 23 - 1 }
    for figure in Self.figures(values, names, numbers) {
      for size in [FigureSize(width: 3, height: 2), figure.size(fitting: 3.4), figure.size] {
        let drawing = PlotLayout(measurer: FixedRatioMeasurer()).drawing(of: figure, size: size)
        #expect(!drawing.description.contains("nan"))
      }
      #expect(!figure.alternativeText.isEmpty)
    }
  }

  private static let hostile: [[Double]] = [
    [], [1], [2, 2, 2], [.nan, .nan], [.infinity, -.infinity, 0], [1e300, -1e300, 1e-300], [0, 0],
    (0..<70).map { Double($0 % 13) / 7 }, [-1, .nan, 3, .infinity, 5],
  ]

  private static func figures(_ values: [Double], _ names: [String], _ numbers: [Int]) -> [Figure] {
    let points = values.map { (x: $0, y: $0) }
    let merges = values.enumerated().map {
      Plot.Merge(left: $0.offset, right: $0.offset + values.count + 1, height: $0.element, size: 1)
    }
    let node = Plot.TreeNode(
      split: names.first ?? "", samples: values.first ?? 0, impurity: values.first, values: values,
      children: values.map { .init(samples: $0, values: [$0]) })
    let short = Array(values.dropLast())
    let plots: [Plot] = [
      .correlationMatrix([values, short, values.reversed()], names: names),
      .correlationMatrix(values.map { [$0, 1] }, names: names),
      .classBalance([("a", numbers), ("b", [])], classes: names),
      .clusters(
        x: values, y: short, clusters: numbers, centers: points,
        ellipses: values.map { .init(x: $0, y: $0, varianceX: $0, varianceY: 1, covariance: $0) }),
      .dendrogram(merges, names: names, cut: values.first),
      .silhouette(values, clusters: numbers, names: names),
      .neighborDistance(values, neighbor: 3, radius: values.first, unit: "m"),
      .elbow(counts: numbers, inertia: values, silhouettes: short, chosen: numbers.first),
      .explainedVariance(values, threshold: values.first), .decisionTree(node, classes: names),
      .decisionTree(node, depth: -1),
      .featureImportances(names: Array(names.dropLast()), values, errors: short),
      .featureImportances(names: names, repeats: [values, short, []]),
      .weights([values, short], inputs: names), .weights([values, short]), .weights([]),
      .filters([[values], [short, values], []]), .filters([[values]], columns: 0, isGray: true), .filters([]),
    ]
    let grids: [PlotGrid] = [
      .pairPlot([values, short, values], names: names, classes: numbers, classNames: ["a", "b"]),
      .pairPlot([values]), .pairPlot([], most: 0),
      .generatedSamples(real: points, snapshots: [(1, []), (2, points)]),
      .generatedImages([(1, [[values, short], [values]]), (2, [])], side: 0),

    ]
    return plots.map(Figure.plot) + grids.map(Figure.grid)
  }
}
