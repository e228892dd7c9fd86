import NeuralNetworks
import Plotting
import Tensors

extension Plot {
  /// A picture of any network: fully connected ones with units and weights, those of images as blocks, recurrent ones
  /// unrolled in time, others as a chain of layers.
  ///
  /// `weights` are those of each dense layer, units × inputs; blue is negative, orange positive.
  ///
  /// Throws where shapes do not fit each other.
  public static func networkDiagram(
    _ network: Sequential, input: Shape, weights: [Tensor<Double>] = [], inputNames: [String] = []
  ) throws(NetworkError) -> Plot {
    let rows = try network.summary(for: input).rows.filter { !$0.number.contains(".") }
    let shapes = rows.map(\.shape.dimensions)
    let recurrent = ["simple-rnn", "gru", "lstm", "bidirectional"]
    if rows.contains(where: { recurrent.contains($0.name) }), input.dimensions.count == 2 {
      return UnrolledDiagram(rows: rows, steps: input.dimensions[0], recurrent: recurrent).plot
    }
    if input.dimensions.count == 3 { return BlockDiagram(rows: rows, input: input).plot }
    let quiet = ["activation", "dropout", "batch-normalization", "layer-normalization", "flatten"]
    let areVectors = shapes.allSatisfy { $0.count == 1 } && input.dimensions.count == 1
    if areVectors, rows.allSatisfy({ $0.name == "dense" || quiet.contains($0.name) }) {
      let dense = rows.filter { $0.name == "dense" }
      return LayeredUnits(
        sizes: [input.count] + dense.map(\.shape.count), weights: weights, inputNames: inputNames
      ).plot
    }
    return BlockDiagram(rows: rows, input: input).plot
  }

  /// A picture of a trained network, its weights as color and width of the edges.
  public static func networkDiagram(_ trained: TrainedNetwork, inputNames: [String] = []) throws(NetworkError)
    -> Plot
  {
    let traced = try trained.network.traced(for: trained.inputShape)
    let weights = zip(traced.trace.blocks, trained.parameterBlocks).compactMap { block, values in
      block.shape.dimensions.count == 2 && block.shape.count == values.count
        ? Tensor(values, shape: block.shape) : nil
    }
    return try networkDiagram(
      trained.network, input: trained.inputShape, weights: weights, inputNames: inputNames)
  }
}

/// Layers of units as columns of nodes.
private struct LayeredUnits {
  let sizes: [Int]
  let weights: [Tensor<Double>]
  let inputNames: [String]
  /// A longer column shows its first and last units.
  private let most = 10

  init(sizes: [Int], weights: [Tensor<Double>], inputNames: [String]) {
    self.sizes = sizes
    self.weights = weights
    self.inputNames = inputNames
  }

  /// The shown units of a layer; nil stands for those that are left out.
  private func units(_ layer: Int) -> [Int?] {
    let size = sizes[layer]
    guard size > most else { return (0..<size).map { $0 } }
    let half = most / 2
    return (0..<half).map { $0 } + [nil] + ((size - half + 1)..<size).map { $0 }
  }

  var plot: Plot {
    var nodes: [GraphMark.Node] = []
    var edges: [GraphMark.Edge] = []
    var numbers: [[(unit: Int, node: Int)]] = []
    let tallest = sizes.indices.map { units($0).count }.max() ?? 1
    let diameter = tallest > 6 ? 17.0 : 24.0
    for layer in sizes.indices {
      let shown = units(layer)
      var known: [(unit: Int, node: Int)] = []
      for (row, unit) in shown.enumerated() {
        let y = Double(shown.count - 1) / 2 - Double(row)
        if let unit {
          known.append((unit, nodes.count))
          nodes.append(node(layer, unit, y, diameter))
        } else {
          nodes.append(.init(x: Double(layer), y: y, label: "⋮", shape: .label))
        }
      }
      let count = Double(shown.count)
      nodes.append(.init(x: Double(layer), y: -count / 2 - 0.4, label: caption(layer), shape: .label))
      if layer > 0 { edges += joined(numbers[layer - 1], known, layer) }
      numbers.append(known)
    }
    let height = Double(tallest) * (diameter + 7) / 72 + 0.9
    return Plot(
      x: .hidden(), y: .hidden(), size: FigureSize(width: 6.4, height: min(max(height, 2.2), 5))
    ) { GraphMark(nodes: nodes, edges: edges, color: .series(0)) }
  }

  private func node(_ layer: Int, _ unit: Int, _ y: Double, _ diameter: Double) -> GraphMark.Node {
    let isInput = layer == 0
    let isOutput = layer == sizes.count - 1
    let label = isInput ? "x_{\(unit + 1)}" : isOutput ? "y_{\(unit + 1)}" : ""
    let name = isInput && unit < inputNames.count ? inputNames[unit] : nil
    let place = "unit \(unit + 1) of layer \(layer + 1)"
    return .init(
      x: Double(layer), y: y, label: label, size: diameter,
      color: isInput ? .muted : isOutput ? .series(2) : .series(0),
      note: name.map { "\($0), \(place)" } ?? place)
  }

  private func caption(_ layer: Int) -> String {
    let kind = layer == 0 ? "inputs" : layer == sizes.count - 1 ? "outputs" : "hidden"
    return "\(sizes[layer])\n\(kind)"
  }

  private func joined(
    _ left: [(unit: Int, node: Int)], _ right: [(unit: Int, node: Int)], _ layer: Int
  ) -> [GraphMark.Edge] {
    let known = layer - 1 < weights.count ? weights[layer - 1] : nil
    let fits = known.map { $0.rows == sizes[layer] && $0.columns == sizes[layer - 1] } ?? false
    return right.flatMap { to in
      left.map { from in
        GraphMark.Edge(from: from.node, to: to.node, weight: fits ? known?[to.unit, from.unit] : nil)
      }
    }
  }
}

/// Layers as blocks in a row: maps of images as stacks whose height shows their extent and whose depth their number.
private struct BlockDiagram {
  let rows: [NetworkSummary.Row]
  let input: Shape

  private struct Block {
    var name: String
    var shape: [Int]
  }

  private var blocks: [Block] {
    // Layers that change no shape and hold no parameters are named with the layer before them.
    var blocks = [Block(name: "input", shape: input.dimensions)]
    for row in rows {
      if row.parameters == 0, row.shape.dimensions == blocks[blocks.count - 1].shape, blocks.count > 1 {
        blocks[blocks.count - 1].name += "\n\(row.name)"
      } else {
        blocks.append(Block(name: row.name, shape: row.shape.dimensions))
      }
    }
    return blocks
  }

  var plot: Plot {
    let blocks = blocks
    let largest = blocks.compactMap { $0.shape.count > 1 ? $0.shape[0] : nil }.max() ?? 1
    var x = 0.0
    var marks: [any Mark] = []
    var nodes: [GraphMark.Node] = []
    var last: Double?
    for (number, block) in blocks.enumerated() {
      let (width, height, depth) = extents(block.shape, largest)
      if let last { marks.append(ArrowMark(from: (last + 0.06, 0), to: (x - 0.06, 0), color: .muted)) }
      let copies = max(1, depth)
      let shift = 0.07
      for copy in (0..<copies).reversed() {
        let offset = Double(copy) * shift
        let (left, right) = (x + offset, x + offset + width)
        let (bottom, top) = (-height / 2 + offset * 0.6, height / 2 + offset * 0.6)
        marks.append(
          PolygonMark(
            x: [left, right, right, left], y: [bottom, bottom, top, top], color: .background, opacity: 1))
        marks.append(
          PolygonMark(
            x: [left, right, right, left], y: [bottom, bottom, top, top],
            color: number == 0 ? .muted : .series(block.shape.count > 1 ? 0 : 2), opacity: 0.25))
      }
      let reach = width + Double(copies - 1) * shift
      let shape = block.shape.map(String.init).joined(separator: "×")
      nodes.append(
        .init(
          x: x + reach / 2, y: -1.05, label: "\(shape)\n\(BlockDiagram.broken(block.name))", shape: .label))
      last = x + reach
      x += max(reach, 0.62) + 0.42
    }
    let end = last ?? 1
    return Plot(
      x: .hidden(limits: -0.1...(end + 0.1)), y: .hidden(limits: -1.5...1.15),
      size: FigureSize(width: 6.4, height: 2.6)
    ) {
      marks
      GraphMark(nodes: nodes, edges: [])
    }
  }

  /// A long name in lines, broken behind hyphens.
  private static func broken(_ name: String) -> String {
    name.split(separator: "\n").map(String.init).map { $0.count > 8 ? $0.replacing("-", with: "-\n") : $0 }
      .joined(separator: "\n")
  }

  /// The width, the height and the number of shown copies of a block, in units of the diagram.
  private func extents(_ shape: [Int], _ largest: Int) -> (Double, Double, Int) {
    guard shape.count > 1 else {
      let count = Double(shape.first ?? 1)
      return (0.16, 0.35 + 1.2 * (count / (count + 60)), 1)
    }
    let side = 0.28 + 1.2 * Double(shape[0]) / Double(max(largest, 1))
    let channels = shape.count > 2 ? shape[2] : shape[1]
    // One, two, … six copies for 1, 2, 4, … 32 channels.
    let depth = min(6, max(1, channels.bitWidth - max(channels, 1).leadingZeroBitCount))
    return (shape.count > 2 ? side * 0.42 : 0.22, side, depth)
  }
}

/// A recurrent network unrolled in time.
private struct UnrolledDiagram {
  let rows: [NetworkSummary.Row]
  let steps: Int
  let recurrent: [String]

  var plot: Plot {
    // The first steps and the last one.
    let shown: [Int?] = steps <= 5 ? (0..<max(steps, 1)).map { $0 } : [0, 1, 2, nil, steps - 1]
    let layers = rows.filter { recurrent.contains($0.name) }
    let head = rows.filter { !recurrent.contains($0.name) && $0.parameters > 0 }
    var nodes: [GraphMark.Node] = []
    var edges: [GraphMark.Edge] = []
    var below: [Int?] = []
    for (column, step) in shown.enumerated() {
      below.append(step.map { _ in nodes.count })
      let label = step.map { "x_{\($0 + 1)}" } ?? "…"
      nodes.append(
        .init(
          x: Double(column), y: 0, label: label, shape: step == nil ? .label : .round, size: 24, color: .muted
        ))
    }
    for (level, layer) in layers.enumerated() {
      var cells: [Int] = []
      for (column, step) in shown.enumerated() {
        cells.append(nodes.count)
        let text = step == nil ? "…" : "\(layer.name)\n\(layer.shape.dimensions.last ?? 0)"
        nodes.append(
          .init(x: Double(column), y: Double(level + 1), label: text, shape: step == nil ? .label : .box))
        if let from = below[column] { edges.append(.init(from: from, to: cells[column], isDirected: true)) }
        if column > 0 { edges.append(.init(from: cells[column - 1], to: cells[column], isDirected: true)) }
      }
      below = zip(cells, shown).map { $1 == nil ? nil : $0 }
    }
    if var last = below.last ?? nil {
      for (level, layer) in head.enumerated() {
        edges.append(.init(from: last, to: nodes.count, isDirected: true))
        last = nodes.count
        let text = "\(layer.name)\n\(layer.shape)"
        nodes.append(
          .init(
            x: Double(shown.count - 1), y: Double(layers.count + level + 1), label: text, shape: .box,
            color: .series(2)))
      }
    }
    let height = 0.7 * Double(layers.count + head.count + 1) + 0.5
    return Plot(x: .hidden(), y: .hidden(), size: FigureSize(width: 6.4, height: min(height, 5))) {
      GraphMark(nodes: nodes, edges: edges, color: .series(0))
    }
  }
}

extension ResultView {
  /// A picture of the network.
  static let networkDiagram = ResultView(
    name: "network-diagram",
    help: "A picture of the network: units and weights, blocks, or unrolled in time.", needs: [.network],
    example: {
      let network = Sequential([Dense(5, activation: .tanh), Dense(4, activation: .tanh), Dense(2)])
      var numbers = ExampleNumbers(13)
      let weights = [(5, 3), (4, 5), (2, 4)].map { rows, columns in
        Tensor(numbers.normal(rows * columns), shape: [rows, columns])
      }
      let plot = try? Plot.networkDiagram(network, input: [3], weights: weights)
      return .plot(plot ?? Plot(x: .hidden(), y: .hidden()) {})
    }
  ) { result in
    guard let network = result.fitted?.network else { return nil }
    let names = result.experiment.data.features.map(\.name)
    guard let plot = try? Plot.networkDiagram(network, inputNames: names) else { return nil }
    return .figure(
      .plot(plot),
      caption: "The network; the color of an edge tells the sign of its weight, the width its size.")
  }
}
