import Foundation
import Plotting
import Testing

@Suite("Layout of diagrams")
struct DiagramLayoutTests {
  private let layout = PlotLayout(measurer: FixedRatioMeasurer())

  private static let flow = """
    data -> split -> {train, validation, test}
    train -> fit
    validation --> fit: stops
    {fit, test} -> score
    split [diamond]: "random split"
    data [ellipse]
    score: "$\\chi^2/N$"
    """
  private static let cycle = """
    direction: down
    batch -> network -> loss -> step
    step -> network: "new weights"
    batch -> loss
    step -> step: again
    loss -- report
    """

  private func drawing(_ diagram: Diagram, width: Double? = nil) -> Drawing {
    layout.drawing(of: .diagram(diagram), size: width.map { FigureSize(width: $0, height: 4) })
  }

  @Test(
    "Diagrams become the drawings that are stored",
    arguments: [("diagram-flow", flow), ("diagram-cycle", cycle)])
  func snapshots(name: String, text: String) throws {
    let diagram = try Diagram(text)
    try Snapshot.check(
      drawing(diagram).description + "\n" + Figure.diagram(diagram).alternativeText + "\n", name: name)
  }

  @Test("Diagrams are told in words and as a table")
  func words() throws {
    let figure = Figure.diagram(
      try Diagram("data -> split -> {train, validation}\nsplit -- notes: kept\nrest"))
    #expect(
      figure.alternativeText
        == "Diagram: data to split; split to train and validation; split with notes (kept); rest alone.")
    #expect(figure.dataTable.columns.map(\.title) == ["from", "to", "label"])
    #expect(figure.dataTable.rows.last == ["split", "notes", "kept"])
    #expect(figure.plots.isEmpty && figure.title == nil)
  }

  /// The outlines of nodes: polygons with a stroke.
  private func boxes(_ drawing: Drawing) -> [Rectangle] {
    drawing.layers.flatMap(\.shapes).compactMap { shape in
      guard case .polygons(let outlines) = shape.geometry, let points = outlines.first, shape.stroke != nil
      else { return nil }
      let (x, y) = (points.map(\.x), points.map(\.y))
      guard let left = x.min(), let right = x.max(), let top = y.min(), let bottom = y.max() else {
        return nil
      }
      return Rectangle(x: left, y: top, width: right - left, height: bottom - top)
    }
  }

  private func lines(_ drawing: Drawing) -> [[Point]] {
    drawing.layers.flatMap(\.shapes).flatMap { shape -> [[Point]] in
      if case .lines(let lines) = shape.geometry { lines } else { [] }
    }
  }

  private func check(_ drawing: Drawing, _ diagram: Diagram, _ comment: Comment) {
    let boxes = boxes(drawing)
    #expect(boxes.count == diagram.nodes.count, comment)
    let canvas = Rectangle(x: 0, y: 0, width: drawing.width, height: drawing.height).inset(by: -0.01)
    for (index, box) in boxes.enumerated() {
      #expect(canvas.contains(box), comment)
      for other in boxes.dropFirst(index + 1) { #expect(!box.intersects(other), comment) }
    }
    let ways = lines(drawing)
    for (edge, line) in zip(diagram.edges, ways) {
      #expect(line.allSatisfy { canvas.contains($0) && $0.x.isFinite && $0.y.isFinite }, comment)
      for (node, box) in zip(diagram.nodes, boxes) where node.name != edge.from && node.name != edge.to {
        let inner = box.inset(by: 0.5)
        let crosses = zip(line, line.dropFirst()).contains { inner.intersects(from: $0, to: $1) }
        #expect(!crosses, "\(edge.from) to \(edge.to) crosses \(node.name), \(comment)")
      }
    }
  }

  /// A diagram of so many nodes with edges drawn by a generator of its own.
  private func random(nodes: Int, edges: Int, seed: UInt64) -> Diagram {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    return Diagram(
      direction: next(2) == 0 ? .right : .down,
      nodes: (0..<nodes).map { .init("n\($0)", shape: Diagram.Shape.allCases[next(4)]) },
      edges: (0..<edges).map { index in
        .init(
          "n\(next(nodes))", "n\(next(nodes))", label: next(4) == 0 ? "e\(index)" : nil,
          style: next(2) == 0 ? .solid : .dashed, isDirected: next(3) > 0)
      })
  }

  @Test(
    "Nothing leaves the canvas, nodes keep apart, and edges pass no node but their own", arguments: 1...60)
  func random(seed: Int) {
    let nodes = 1 + seed % 12
    let diagram = random(nodes: nodes, edges: seed % 19, seed: UInt64(seed))
    for width in [nil, 3.4, 1.2] {
      check(drawing(diagram, width: width), diagram, "seed \(seed), width \(width ?? 6.4)")
    }
  }

  @Test("Odd diagrams are drawn")
  func odd() {
    let loop = [Diagram.Edge("a", "a"), .init("a", "a", label: "x"), .init("a", "a")]
    let twins = [Diagram.Edge("a", "b"), .init("a", "b"), .init("b", "a", label: "back")]
    let long = String(repeating: "verylong", count: 80)
    for edges in [[], loop, twins, [.init(long, "🙂\u{0}", label: long)], [.init("", " ")]] {
      let diagram = Diagram(nodes: [.init("alone")], edges: edges)
      check(drawing(diagram), diagram, "\(edges.count)")
      check(drawing(diagram, width: 2), diagram, "\(edges.count), narrow")
    }
    #expect(drawing(Diagram(edges: [])).width > 0)
  }

  @Test("Two hundred nodes and a long chain take no time worth mentioning")
  func large() {
    let diagram = random(nodes: 200, edges: 260, seed: 3)
    check(drawing(diagram), diagram, "large")
    let chain = Diagram(edges: (0..<2000).map { .init("\($0)", "\($0 + 1)") })
    #expect(drawing(chain).height > 1000)
  }

  @Test("A narrow diagram fits and keeps its letters readable")
  func narrow() throws {
    let diagram = try Diagram(Self.flow)
    let drawing = drawing(diagram, width: 3.4)
    #expect(drawing.width <= 3.4 * 72 + 0.01)
    let sizes = drawing.layers.flatMap(\.shapes).compactMap { shape in
      if case .text(let text) = shape.geometry { text.size } else { nil }
    }
    #expect(sizes.allSatisfy { $0 >= 7 })
    #expect(Figure.diagram(diagram).size(fitting: 3.4).width <= 3.4 + 0.01)
  }

  @Test("A chain is straight, and a diagram survives being written and read")
  func chain() throws {
    let diagram = try Diagram("a -> b -> c -> d")
    #expect(Set(boxes(drawing(diagram)).map(\.center.y)).count == 1)
    let figure = Figure.diagram(diagram)
    #expect(try JSONDecoder().decode(Figure.self, from: JSONEncoder().encode(figure)) == figure)
  }
}
