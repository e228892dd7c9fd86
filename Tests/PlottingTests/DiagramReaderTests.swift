import Plotting
import Testing

@Suite("Texts of diagrams")
struct DiagramReaderTests {
  @Test("Chains and groups become edges in the order of the text")
  func chains() throws {
    let diagram = try Diagram(
      "data -> split -> {train, test set}\ntrain --> model # a comment\nmodel -- \"a -> b\"")
    #expect(diagram.nodes.map(\.name) == ["data", "split", "train", "test set", "model", "a -> b"])
    #expect(
      diagram.edges == [
        .init("data", "split"), .init("split", "train"), .init("split", "test set"),
        .init("train", "model", style: .dashed), .init("model", "a -> b", isDirected: false),
      ])
  }

  @Test("Nodes have labels and shapes, edges labels, the diagram a direction")
  func labels() throws {
    let diagram = try Diagram(
      """
      # From data to numbers
      direction: down
      cross-validation -> mean: "5 folds"
      mean [diamond]: "$\\mu \\pm \\sigma$"
      cross-validation: k-fold
      loop -> loop
      """)
    #expect(diagram.direction == .down)
    #expect(diagram.node(named: "mean") == .init("mean", label: "$\\mu \\pm \\sigma$", shape: .diamond))
    #expect(diagram.node(named: "cross-validation")?.label == "k-fold")
    #expect(diagram.edges.first?.label == "5 folds" && diagram.edges.last == .init("loop", "loop"))
  }

  @Test(
    "What is wrong is said at its place",
    arguments: [
      ("", "1:1 the diagram has no nodes (as in data -> model -> metrics)"),
      ("a ->", "1:5 a node must stand beside ->"),
      ("-> a", "1:1 a node must stand beside ->"),
      ("a -> -> b", "1:6 a node must stand beside ->"),
      ("a -> {b, c", "1:6 the group { is never closed (as in {train, test})"),
      ("a -> {}", "1:6 the group holds no node"),
      ("a -> {b c} d", "1:12 an arrow must stand before \"d\""),
      ("a -> {b, c: d}", "1:11 \":\" has no meaning here"),
      ("a -> \"b", "1:6 the quotation mark is never closed (close it on the same line)"),
      ("a - b", "1:3 a single - is not an arrow (write -> or --)"),
      ("a <- b", "1:3 the arrow <- points backwards (exchange the two sides and write ->)"),
      ("a => b", "1:3 => is not an arrow of diagrams (write ->, --> for a dashed arrow, or -- for a line)"),
      ("a → b", "1:3 → is not an arrow of diagrams (write ->, --> for a dashed arrow, or -- for a line)"),
      ("a [circle]", "1:4 unknown shape \"circle\" (known: rounded, rectangle, ellipse, diamond)"),
      ("a [elipse]", "1:4 unknown shape \"elipse\" (did you mean \"ellipse\"?)"),
      ("a [diamond", "1:3 the shape [ is never closed (as in name [diamond])"),
      ("a [diamond]\na [ellipse] -> b", "2:1 the node \"a\" already has another shape"),
      ("a: b\na: c", "2:4 the node \"a\" already has another label"),
      ("a -> b:", "1:7 the label behind the colon is empty (as in a -> b: fit)"),
      (
        "a -> b -> c: x",
        "1:14 the label would belong to several arrows (give the labeled arrow a line of its own)"
      ),
      ("{a, b}: x", "1:9 the label would belong to several nodes (give every node a line of its own)"),
      ("direction: left", "1:12 unknown direction \"left\" (known: right, down)"),
      ("directoin: down\na -> b", "1:1 unknown key \"directoin\" (did you mean \"direction\"?)"),
      ("a -> b \"c\"", "1:8 an arrow must stand before \"c\""),
      ("a: \"b\" c", "1:8 \"c\" has no meaning here"),
      ("] -> a", "1:1 \"]\" has no meaning here"),
    ])
  func faults(_ text: String, _ expected: String) {
    let faults = Diagram.faults(of: text)
    let found = faults.map { fault in
      "\(fault.line):\(fault.column) \(fault.error.sentence)" + (fault.error.hint.map { " (\($0))" } ?? "")
    }
    #expect(found == [expected])
    #expect(throws: DiagramFault.self) { try Diagram(text) }
  }

  @Test("Every broken line is told, and no text stops the reader")
  func several() {
    #expect(Diagram.faults(of: "a ->\nb -> c\n<- d\n{").map(\.line) == [1, 3, 4])
    let signs: [Character] = [
      "a", " ", "-", ">", "<", "{", "}", "[", "]", ",", ":", "\"", "#", "\\", "é", "\n",
    ]
    var state: UInt64 = 7
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(signs[Int(state >> 60)])
      }
      let faults = Diagram.faults(of: text)
      #expect(faults.allSatisfy { $0.line >= 1 && $0.column >= 1 })
    }
  }
}
