import Kernels
import Tensors

/// Writes the records of a program, one or a few a node.
struct RecordEmitter {
  private(set) var records: [Record] = []
  /// The records of all chains, which the chains' own records count.
  private(set) var links: [Record] = []
  private(set) var constants: [(offset: Int, values: [Double])] = []
  private(set) var inputs: [String: Int] = [:]
  /// The operands of records that take any number of them.
  private(set) var lists: [Operand] = []
  private(set) var dropoutCount = 0

  private let graph: Graph
  private let needs: NeededNodes
  private let fusion: Fusion
  private let chains: Chains
  private let storage: StoragePlan
  private let layout: ParameterLayout
  private let sizes: ValueSizes

  init(
    _ graph: Graph, _ needs: NeededNodes, _ fusion: Fusion, _ chains: Chains, _ storage: StoragePlan,
    _ layout: ParameterLayout, _ sizes: ValueSizes
  ) {
    self.graph = graph
    self.needs = needs
    self.fusion = fusion
    self.chains = chains
    self.storage = storage
    self.layout = layout
    self.sizes = sizes
  }

  mutating func emit(gradients: [Variable?]) {
    var linkCount = 0
    for index in graph.nodes.indices
    where needs.isNeeded[index] && fusion.target[index] == nil && !storage.isView[index] {
      switch graph.nodes[index].operation {
      case .input(let name): inputs[name] = Int(operand(index).offset)
      case .constant(let value): constants.append((Int(operand(index).offset), [value]))
      case .tensor(let values): constants.append((Int(operand(index).offset), values))
      case .parameter: continue
      default: emit(index)
      }
      if let chain = chains.number[index], let link = records.popLast() {
        links.append(link)
        linkCount += 1
        guard chains.last[chain] == index else { continue }
        records.append(
          .chain(first: links.count - linkCount, count: linkCount, groups: allGroups(graph.nodes[index])))
        linkCount = 0
      }
    }
    for (block, gradient) in gradients.enumerated() {
      guard let gradient else { continue }
      finish(block, gradient.index)
    }
  }

  /// Brings a gradient to its block, and clears what lies between it and the next block.
  private mutating func finish(_ block: Int, _ index: Int) {
    let target = Operand(region: .gradients, offset: Int32(layout.offsets[block]))
    let count = layout.shapes[block].count
    let groups = (count + sizes.laneCount - 1) / sizes.laneCount
    if operand(index) != target {
      records.append(.map(.identity, operand(index), result: target, groups: groups))
    } else if writesNoGap(index) {
      return
    }
    let gap = groups * sizes.laneCount - count
    if gap > 0 { records.append(.fill(result: target.moved(by: count), count: gap, value: 0)) }
  }

  /// Whether a record writes the elements of its value and nothing behind them.
  private func writesNoGap(_ index: Int) -> Bool {
    switch graph.nodes[index].operation {
    case .contractSamples, .sumSamples, .contractConvolution, .reduce, .copy, .concatenate, .scatterRows,
      .multiplyMatrices, .samplesAsRows:
      true
    default: false
    }
  }

  private func operand(_ index: Int) -> Operand { storage.operands[index] }

  /// The lane groups of an element, 0 without a batch.
  private func groups(_ node: Node) -> Int { node.isBatched ? sizes.groups : 0 }

  /// The lane groups of a whole value.
  private func allGroups(_ node: Node) -> Int { sizes.count(node) / sizes.laneCount }

  private mutating func emit(_ index: Int) {
    let node = graph.nodes[index]
    switch node.operation {
    case .input, .parameter, .constant, .tensor: return
    case .matrixProduct, .transposedMatrixProduct, .contractSamples, .sumSamples, .multiplyMatrices,
      .convolution, .transposedConvolution, .contractConvolution, .selectMaxima, .scatterMaxima, .sumWindows,
      .spreadWindows:
      emitProduct(index, .identity, third: .none, result: operand(index))
    case .map, .gradient, .combine, .select, .constantCopy, .dropoutMask: emitElementwise(index, node)
    case .reduce, .cumulativeSum, .softmax, .softmaxCrossEntropy: emitReduction(index, node)
    case .broadcast, .copy, .concatenate, .gatherRows, .scatterRows, .samplesAsRows, .rowsAsSamples:
      emitRearrangement(index, node)
    }
  }

  /// A product, with a function fused into it.
  private mutating func emitProduct(
    _ index: Int, _ function: ElementFunction, third: Operand, result: Operand
  ) {
    let node = graph.nodes[index]
    let inputs = node.inputs.map { operand($0) }
    let groups = sizes.groups
    func convolution(_ geometry: ConvolutionGeometry) -> ConvolutionRecord {
      ConvolutionRecord(
        first: inputs[0], second: inputs.count > 1 ? inputs[1] : .none,
        third: inputs.count > 2 ? inputs[2] : .none, result: result, geometry: geometry, groups: groups,
        function: function)
    }
    func matrix(start: Operand, _ startLayout: OperandLayout) -> MatrixProductRecord {
      let weights = graph.nodes[node.inputs[0]].shape.dimensions
      let x = graph.nodes[node.inputs[1]].shape
      return MatrixProductRecord(
        weights: inputs[0], x: inputs[1], start: start, startLayout: startLayout, result: result,
        outputs: weights[0], inputs: weights[1], positions: x.count / max(x.dimensions.last ?? 1, 1),
        groups: groups, function: function)
    }
    switch node.operation {
    case .matrixProduct:
      let hasStart = inputs.count > 2
      let isFull = hasStart && graph.nodes[node.inputs[2]].isBatched
      records.append(
        .matrixProduct(matrix(start: hasStart ? inputs[2] : .none, isFull ? .full : .perElement)))
    case .transposedMatrixProduct: records.append(.transposedMatrixProduct(matrix(start: third, .full)))
    case .contractSamples: emitContraction(node, result)
    case .sumSamples:
      records.append(.sumSamples(list(inputs), result: result, rows: node.shape.count))
    case .multiplyMatrices(let first, let second): emitMatrixPair(node, first, second, inputs, result)
    case .convolution(let geometry): records.append(.convolution(convolution(geometry)))
    case .transposedConvolution(let geometry): records.append(.transposedConvolution(convolution(geometry)))
    case .contractConvolution(let geometry): records.append(.contractConvolution(convolution(geometry)))
    case .selectMaxima(let geometry): records.append(.selectMaxima(convolution(geometry)))
    case .scatterMaxima(let geometry): records.append(.scatterMaxima(convolution(geometry)))
    case .sumWindows(let geometry): records.append(.sumWindows(convolution(geometry)))
    case .spreadWindows(let geometry): records.append(.spreadWindows(convolution(geometry)))
    default: return
    }
  }

  private mutating func list(_ operands: [Operand]) -> ListRecord {
    lists += operands
    return ListRecord(first: lists.count - operands.count, count: operands.count, groups: sizes.groups)
  }

  /// A pair of operands for every position of every pair of inputs.
  private mutating func emitContraction(_ node: Node, _ result: Operand) {
    var operands: [Operand] = []
    let (rows, columns) = (node.shape.dimensions[0], node.shape.dimensions[1])
    for pair in stride(from: 0, to: node.inputs.count, by: 2) {
      let (d, x) = (operand(node.inputs[pair]), operand(node.inputs[pair + 1]))
      let positions = graph.nodes[node.inputs[pair]].shape.count / max(rows, 1)
      for position in 0..<positions {
        operands.append(d.moved(by: sizes.offset(position * rows, isBatched: true)))
        operands.append(x.moved(by: sizes.offset(position * columns, isBatched: true)))
      }
    }
    records.append(.contractSamples(list(operands), result: result, rows: rows, columns: columns))
  }

  private mutating func emitMatrixPair(
    _ node: Node, _ first: Bool, _ second: Bool, _ inputs: [Operand], _ result: Operand
  ) {
    let a = Array(graph.nodes[node.inputs[0]].shape.dimensions.suffix(2))
    let sizes = Array(node.shape.dimensions.suffix(2))
    let inner = first ? a[0] : a[1]
    records.append(
      .multiplyMatrices(
        MatrixPairRecord(
          first: inputs[0], second: inputs[1], result: result,
          count: node.shape.dimensions.dropLast(2).reduce(1, *), rows: sizes[0], inner: inner,
          columns: sizes[1],
          firstLayout: MatrixLayout(rows: sizes[0], columns: inner, isTransposed: first),
          secondLayout: MatrixLayout(rows: inner, columns: sizes[1], isTransposed: second),
          groups: groups(node))))
  }

  private mutating func emitElementwise(_ index: Int, _ node: Node) {
    let result = operand(index)
    let inputs = node.inputs.map { operand($0) }
    switch node.operation {
    case .map(let function):
      if fusion.target[node.inputs[0]] == index {
        emitProduct(node.inputs[0], function, third: .none, result: result)
      } else {
        records.append(.map(function, inputs[0], result: result, groups: allGroups(node)))
      }
    case .constantCopy: records.append(.map(.identity, inputs[0], result: result, groups: allGroups(node)))
    case .gradient(let function):
      if fusion.target[node.inputs[1]] == index {
        emitProduct(node.inputs[1], function, third: inputs[0], result: result)
      } else {
        records.append(
          .gradient(function, inputs[0], upstream: inputs[1], result: result, groups: allGroups(node)))
      }
    case .select:
      records.append(.select(inputs[0], inputs[1], inputs[2], result: result, groups: allGroups(node)))
    case .combine(let function): emitCombination(function, node, result)
    case .dropoutMask(let rate, let number):
      dropoutCount = max(dropoutCount, number + 1)
      records.append(
        .dropoutMask(
          result: result, rows: node.shape.count, lanes: sizes.groups * sizes.laneCount, rate: rate,
          index: number))
    default: return
    }
  }

  /// A function of two values, either spread; what no layout can say is spread by a record of its own before.
  private mutating func emitCombination(_ function: BinaryFunction, _ node: Node, _ result: Operand) {
    let sources = node.inputs.map { graph.nodes[$0] }
    let isFlat = !node.isBatched
    let rows = isFlat ? 1 : node.shape.count
    let groups = isFlat ? allGroups(node) : sizes.groups
    func layout(_ source: Node) -> SpreadLayout {
      if isFlat {
        return source.shape == node.shape
          ? SpreadLayout(isBatched: true, modulus: 1) : SpreadLayout(isBatched: false, modulus: 1)
      }
      return SpreadLayout.spreading(source, to: node.shape) ?? SpreadLayout(isBatched: true, modulus: rows)
    }
    records.append(
      .combine(
        CombineRecord(
          function: function, first: operand(node.inputs[0]), second: operand(node.inputs[1]), result: result,
          firstLayout: layout(sources[0]), secondLayout: layout(sources[1]), rows: rows, groups: groups)))
  }

  private mutating func emitReduction(_ index: Int, _ node: Node) {
    let result = operand(index)
    let inputs = node.inputs.map { operand($0) }
    let source = graph.nodes[node.inputs[0]]
    let classes = source.shape.dimensions.last ?? 1
    let positions = source.shape.count / max(classes, 1)
    switch node.operation {
    case .reduce(let reduction, let axes):
      records.append(.reduce(reduction, inputs[0], result: result, axes: axes, groups: groups(node)))
    case .cumulativeSum(let axes, let isReversed):
      records.append(
        .cumulativeSum(inputs[0], result: result, axes: axes, isReversed: isReversed, groups: groups(node)))
    case .softmax:
      records.append(
        .softmax(inputs[0], result: result, positions: positions, classes: classes, groups: sizes.groups))
    case .softmaxCrossEntropy:
      records.append(
        .softmaxCrossEntropy(
          inputs[0], inputs[1], result: result, positions: positions, classes: classes, groups: sizes.groups))
    default: return
    }
  }

  private mutating func emitRearrangement(_ index: Int, _ node: Node) {
    let result = operand(index)
    let inputs = node.inputs.map { operand($0) }
    let source = graph.nodes[node.inputs[0]]
    let lanes = sizes.groups * sizes.laneCount
    switch node.operation {
    case .broadcast:
      records.append(
        .copy(
          inputs[0], result: result, layout: StridedLayout.broadcast(source.shape, to: node.shape),
          groups: groups(node), isSpread: node.isBatched && !source.isBatched))
    case .copy(let layout, let fill):
      if let fill {
        records.append(.fill(result: result, count: unrounded(node), value: fill))
      }
      records.append(
        .copy(inputs[0], result: result, layout: layout, groups: groups(node), isSpread: false))
    case .concatenate(let outer): emitList(outer, node, result)
    case .gatherRows(let table):
      records.append(.gatherRows(inputs[0], inputs[1], result: result, sizes: table, lanes: lanes))
    case .scatterRows(let table):
      records.append(.scatterRows(inputs[0], inputs[1], result: result, sizes: table, lanes: lanes))
    case .samplesAsRows:
      records.append(
        .samplesAsRows(
          inputs[0], result: result, elements: source.shape.count, samples: node.shape.dimensions[0],
          lanes: lanes))
    case .rowsAsSamples:
      records.append(
        .rowsAsSamples(
          inputs[0], result: result, elements: node.shape.count, samples: source.shape.dimensions[0],
          lanes: lanes))
    default: return
    }
  }

  /// The numbers of a value without rounding up.
  private func unrounded(_ node: Node) -> Int { sizes.offset(node.shape.count, isBatched: node.isBatched) }

  /// Copies those values of a list that were not computed in place.
  private mutating func emitList(_ outer: Int, _ node: Node, _ result: Operand) {
    let length = node.shape.count / max(outer, 1)
    var first = 0
    for input in node.inputs {
      let count = graph.nodes[input].shape.count / max(outer, 1)
      let place = result.moved(by: sizes.offset(first, isBatched: node.isBatched))
      if outer != 1 || operand(input) != place {
        let layout = StridedLayout(
          counts: [outer, count], sourceSteps: [count, 1], resultSteps: [length, 1], resultStart: first)
        records.append(
          .copy(operand(input), result: result, layout: layout, groups: groups(node), isSpread: false))
      }
      first += count
    }
  }
}

extension SpreadLayout {
  /// How a value is spread over a shape: as a whole, by repetition behind leading axes, or before trailing ones; nil if
  /// it is spread in between.
  static func spreading(_ node: Node, to shape: Shape) -> SpreadLayout? {
    if node.shape == shape { return SpreadLayout(isBatched: node.isBatched, modulus: shape.count) }
    let count = node.shape.count
    if count == 1 { return SpreadLayout(isBatched: node.isBatched, modulus: 1) }
    let missing = shape.rank - node.shape.rank
    let sizes = [Int](repeating: 1, count: missing) + node.shape.dimensions
    let isSame = shape.dimensions.indices.map { sizes[$0] == shape.dimensions[$0] }
    guard let first = shape.dimensions.indices.first(where: { sizes[$0] != 1 }),
      let last = shape.dimensions.indices.last(where: { sizes[$0] != 1 })
    else { return nil }
    guard isSame[first...last].allSatisfy({ $0 }) else { return nil }
    return SpreadLayout(
      isBatched: node.isBatched, divisor: shape.dimensions[(last + 1)...].reduce(1, *), modulus: count)
  }
}

extension StridedLayout {
  /// The copy that spreads a value over a larger shape.
  static func broadcast(_ source: Shape, to shape: Shape) -> StridedLayout {
    let missing = shape.rank - source.rank
    let steps = shape.dimensions.indices.map { axis in
      axis < missing || source.dimensions[axis - missing] == 1 ? 0 : source.steps[axis - missing]
    }
    return StridedLayout(counts: shape.dimensions, sourceSteps: steps, resultSteps: shape.steps)
  }
}
