import Kernels
import Tensors

/// Makes programs of graphs: drops what no output needs, fuses functions into the products before them (which changes
/// no bit), lays every value out in one arena by its lifetime and emits records.
package enum Planner {
  /// A program that computes the outputs for batches of up to `batchSize` samples.
  ///
  /// Outputs listed in `gradients` are written to the flat gradient vector, one a parameter block, instead of
  /// the arena.
  package static func program<Scalar: Real>(
    for graph: Graph, outputs: [Variable], gradients: [Variable] = [], batchSize: Int, of _: Scalar.Type
  ) -> Program<Scalar> {
    var plan = Plan<Scalar>(graph, outputs: outputs, gradients: gradients, batchSize: batchSize)
    plan.fuse()
    plan.allocate()
    return plan.program(outputs: outputs)
  }
}

/// The state of planning one program.
private struct Plan<Scalar: Real> {
  private let graph: Graph
  private let batchSize: Int
  private let groups: Int
  private let layout: ParameterLayout
  /// Which nodes an output needs.
  private var isNeeded: [Bool]
  /// How many needed nodes and outputs read each node.
  private var readers: [Int]
  /// The node whose record also computes this one: a product that a function was fused into.
  private var fusedInto: [Int?]
  private var operands: [Operand]
  private var isPinned: [Bool]
  private var arenaCount = 0

  init(_ graph: Graph, outputs: [Variable], gradients: [Variable], batchSize: Int) {
    self.graph = graph
    self.batchSize = batchSize
    groups = Scalar.groups(for: batchSize)
    layout = ParameterLayout(shapes: graph.parameterShapes, laneCount: Scalar.laneCount)
    let count = graph.nodes.count
    isNeeded = [Bool](repeating: false, count: count)
    readers = [Int](repeating: 0, count: count)
    fusedInto = [Int?](repeating: nil, count: count)
    operands = [Operand](repeating: .none, count: count)
    isPinned = [Bool](repeating: false, count: count)
    for output in outputs + gradients {
      isNeeded[output.index] = true
      isPinned[output.index] = true
      readers[output.index] += 1
    }
    for index in stride(from: count - 1, through: 0, by: -1) where isNeeded[index] {
      for input in graph.nodes[index].inputs {
        isNeeded[input] = true
        readers[input] += 1
      }
    }
    // A gradient that is also another output, or stands for two blocks, is copied by a record of its own.
    for (block, gradient) in gradients.enumerated() where operands[gradient.index] == .none {
      switch gradient.node.operation {
      case .parameter, .constant, .input: continue
      default: break
      }
      operands[gradient.index] = Operand(region: .gradients, offset: Int32(layout.offsets[block]))
    }
    gradientBlocks = gradients.map(\.index)
  }

  private let gradientBlocks: [Int]

  /// A function after a product whose plain result nobody else reads becomes part of the product.
  mutating func fuse() {
    for index in graph.nodes.indices where isNeeded[index] {
      let node = graph.nodes[index]
      let source: Int
      let wanted: Operation
      switch node.operation {
      case .map(.relu), .map(.tanh), .map(.sigmoid), .map(.exponential):
        (source, wanted) = (node.inputs[0], .matrixProduct)
      case .gradient: (source, wanted) = (node.inputs[1], .transposedMatrixProduct)
      default: continue
      }
      guard graph.nodes[source].operation == wanted, readers[source] == 1 else { continue }
      fusedInto[source] = index
    }
  }

  private func size(_ index: Int) -> Int {
    let node = graph.nodes[index]
    let lanes = Scalar.laneCount
    return node.isBatched
      ? node.shape.count * groups * lanes : (node.shape.count + lanes - 1) / lanes * lanes
  }

  /// Gives every value its place.
  ///
  /// A place is used again once the last reader has run; the smallest free place that is large enough is
  /// taken.
  mutating func allocate() {
    var lastUse = [Int](repeating: -1, count: graph.nodes.count)
    for index in graph.nodes.indices where isNeeded[index] {
      for input in graph.nodes[index].inputs {
        lastUse[input] = max(lastUse[input], fusedInto[index] ?? index)
      }
    }
    var free: [(size: Int, offset: Int)] = []
    // Inputs and constants are written before a run: no record may have used their places earlier.
    for index in graph.nodes.indices where isNeeded[index] && isWrittenBefore(index) {
      operands[index] = place(size(index), &free)
    }
    for index in graph.nodes.indices where isNeeded[index] && !isWrittenBefore(index) {
      let node = graph.nodes[index]
      if case .parameter(let block) = node.operation {
        operands[index] = Operand(region: .parameters, offset: Int32(layout.offsets[block]))
        continue
      }
      if fusedInto[index] == nil, operands[index].region != .gradients {
        operands[index] = place(size(index), &free)
      }
      for input in Set(readBy(index)).sorted() where lastUse[input] == index && isReusable(input) {
        free.append((size(input), Int(operands[input].offset)))
      }
    }
  }

  /// The values that the record of a node reads, those of a product fused into it included.
  private func readBy(_ index: Int) -> [Int] {
    graph.nodes[index].inputs.flatMap { fusedInto[$0] == index ? [$0] + graph.nodes[$0].inputs : [$0] }
  }

  private func isWrittenBefore(_ index: Int) -> Bool {
    switch graph.nodes[index].operation {
    case .input, .constant: true
    default: false
    }
  }

  private func isReusable(_ index: Int) -> Bool {
    switch graph.nodes[index].operation {
    case .input, .constant, .parameter: false
    default: !isPinned[index] && operands[index].region == .arena
    }
  }

  private mutating func place(_ size: Int, _ free: inout [(size: Int, offset: Int)]) -> Operand {
    let fitting = free.indices.filter { free[$0].size >= size }
    if let best = fitting.min(by: { (free[$0].size, free[$0].offset) < (free[$1].size, free[$1].offset) }) {
      let chosen = free.remove(at: best)
      if chosen.size > size { free.append((chosen.size - size, chosen.offset + size)) }
      return Operand(region: .arena, offset: Int32(chosen.offset))
    }
    defer { arenaCount += size }
    return Operand(region: .arena, offset: Int32(arenaCount))
  }

  func program(outputs: [Variable]) -> Program<Scalar> {
    var records: [Record] = []
    var constants: [(offset: Int, value: Double)] = []
    var inputs: [String: Int] = [:]
    var dropoutCount = 0
    for index in graph.nodes.indices where isNeeded[index] && fusedInto[index] == nil {
      switch graph.nodes[index].operation {
      case .input(let name): inputs[name] = Int(operands[index].offset)
      case .constant(let value): constants.append((Int(operands[index].offset), value))
      case .parameter: continue
      case .dropoutMask(_, let number):
        dropoutCount = max(dropoutCount, number + 1)
        records.append(record(for: index))
      default: records.append(record(for: index))
      }
    }
    for (block, index) in gradientBlocks.enumerated() {
      let target = Operand(region: .gradients, offset: Int32(layout.offsets[block]))
      let count = layout.shapes[block].count
      let groupCount = (count + Scalar.laneCount - 1) / Scalar.laneCount
      if operands[index] != target {
        records.append(
          Record(kind: .map, first: operands[index], result: target, rows: 1, groups: Int32(groupCount)))
      } else if writesNoGap(index) {
        continue
      }
      let gap = groupCount * Scalar.laneCount - count
      guard gap > 0 else { continue }
      let end = Operand(region: .gradients, offset: target.offset + Int32(count))
      records.append(Record(kind: .clear, first: end, result: end, rows: Int32(gap)))
    }
    return Program(
      records: records, constants: constants, inputs: inputs,
      outputs: outputs.map { (operands[$0.index], $0.isBatched, $0.shape.count) }, parameters: layout,
      arenaCount: arenaCount, batchSize: batchSize, dropoutCount: dropoutCount)
  }

  /// Whether a record writes the elements of its value and nothing behind them, as sums over samples do.
  private func writesNoGap(_ index: Int) -> Bool {
    switch graph.nodes[index].operation {
    case .contractSamples, .sumSamples: true
    default: false
    }
  }

  private func record(for index: Int) -> Record {
    let node = graph.nodes[index]
    let result = operands[index]
    let inputs = node.inputs.map { operands[$0] }
    let elements = Int32(node.shape.count)
    let flat = Int32((node.shape.count + Scalar.laneCount - 1) / Scalar.laneCount)
    let groups = Int32(groups)
    let (rows, columns) = node.isBatched ? (elements, groups) : (1, flat)
    switch node.operation {
    case .matrixProduct: return product(index, function: .identity, result: result)
    case .transposedMatrixProduct: return transposedProduct(index, .identity, .none, result)
    case .map(let function):
      if fusedInto[node.inputs[0]] == index {
        return product(node.inputs[0], function: function, result: result)
      }
      return Record(
        kind: .map, function: function, first: inputs[0], result: result, rows: rows, groups: columns)
    case .gradient(let function):
      if fusedInto[node.inputs[1]] == index {
        return transposedProduct(node.inputs[1], function, inputs[0], result)
      }
      return Record(
        kind: .gradient, function: function, first: inputs[0], second: inputs[1], result: result, rows: rows,
        groups: columns)
    case .contractSamples:
      return Record(
        kind: .contractSamples, first: inputs[0], second: inputs[1], result: result,
        rows: Int32(node.shape.dimensions[0]), columns: Int32(node.shape.dimensions[1]), groups: groups)
    case .sumSamples:
      return Record(kind: .sumSamples, first: inputs[0], result: result, rows: elements, groups: groups)
    case .sumElements:
      let source = graph.nodes[node.inputs[0]]
      return Record(
        kind: source.isBatched ? .sumElements : .sumFlat, first: inputs[0], result: result,
        rows: Int32(source.shape.count), groups: groups)
    case .combine(let function):
      return Record(
        kind: .combine, binary: function, firstLayout: operandLayout(node.inputs[0], in: node),
        secondLayout: operandLayout(node.inputs[1], in: node), first: inputs[0], second: inputs[1],
        result: result, rows: rows, groups: columns)
    case .broadcast:
      return Record(
        kind: .combine, binary: .first, firstLayout: operandLayout(node.inputs[0], in: node),
        secondLayout: .single, first: inputs[0], second: inputs[0], result: result, rows: rows,
        groups: columns)
    case .softmax:
      return Record(kind: .softmax, first: inputs[0], result: result, rows: elements, groups: groups)
    case .softmaxCrossEntropy:
      return Record(
        kind: .softmaxCrossEntropy, first: inputs[0], second: inputs[1], result: result,
        rows: Int32(graph.nodes[node.inputs[0]].shape.count), groups: groups)
    case .dropoutMask(let rate, let number):
      return Record(
        kind: .dropoutMask, first: result, result: result, rows: elements, columns: Int32(number),
        groups: groups,
        rate: rate)
    case .input, .parameter, .constant:
      preconditionFailure("\(node.operation) has no record")
    }
  }

  private func product(_ index: Int, function: ElementFunction, result: Operand) -> Record {
    let node = graph.nodes[index]
    let weights = graph.nodes[node.inputs[0]].shape.dimensions
    return Record(
      kind: .matrixProduct, function: function, first: operands[node.inputs[0]],
      second: operands[node.inputs[1]], third: node.inputs.count > 2 ? operands[node.inputs[2]] : .none,
      result: result, rows: Int32(weights[0]), columns: Int32(weights[1]), groups: Int32(groups))
  }

  private func transposedProduct(
    _ index: Int, _ function: ElementFunction, _ values: Operand, _ result: Operand
  ) -> Record {
    let node = graph.nodes[index]
    let weights = graph.nodes[node.inputs[0]].shape.dimensions
    return Record(
      kind: .transposedMatrixProduct, function: function, first: operands[node.inputs[0]],
      second: operands[node.inputs[1]], third: values, result: result, rows: Int32(weights[0]),
      columns: Int32(weights[1]), groups: Int32(groups))
  }

  private func operandLayout(_ input: Int, in node: Node) -> OperandLayout {
    let source = graph.nodes[input]
    if !node.isBatched { return source.shape.rank == node.shape.rank ? .full : .single }
    switch (source.isBatched, source.shape.rank == node.shape.rank) {
    case (true, true): return .full
    case (true, false): return .perSample
    case (false, true): return node.shape.rank == 0 ? .single : .perElement
    case (false, false): return .single
    }
  }
}
