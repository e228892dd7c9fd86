import Kernels
import Tensors

/// Where every value lies.
///
/// Values share memory where no copy is needed: a slice lies within its source, and what is put one behind the other is
/// computed in place. A place is used again once its last reader has run.
struct StoragePlan {
  /// Where each needed value lies.
  private(set) var operands: [Operand]
  /// The length of the arena.
  private(set) var arenaCount = 0
  /// Whether a node is a part of another one's memory that needs no record of its own.
  private(set) var isView: [Bool]

  private let graph: Graph
  private let needs: NeededNodes
  private let fusion: Fusion
  private let chains: Chains
  private let sizes: ValueSizes
  /// The node whose memory holds this one, and how far behind its beginning.
  private var home: [(root: Int, offset: Int)]
  private var free: [(size: Int, offset: Int)] = []

  init(
    _ graph: Graph, _ needs: NeededNodes, _ fusion: Fusion, _ chains: Chains, _ layout: ParameterLayout,
    _ sizes: ValueSizes, gradients: [Variable?]
  ) {
    self.graph = graph
    self.needs = needs
    self.fusion = fusion
    self.chains = chains
    self.sizes = sizes
    let count = graph.nodes.count
    operands = [Operand](repeating: .none, count: count)
    isView = [Bool](repeating: false, count: count)
    home = (0..<count).map { ($0, 0) }
    for (block, gradient) in gradients.enumerated() {
      // A value that is also another output, or stands for two blocks, is copied by a record of its own.
      guard let gradient, operands[gradient.index] == .none, isComputed(gradient.index) else { continue }
      operands[gradient.index] = Operand(region: .gradients, offset: Int32(layout.offsets[block]))
    }
    findPartsOfLists()
    findViews(layout)
    allocate()
  }

  /// Whether a record writes the value.
  private func isComputed(_ index: Int) -> Bool {
    switch graph.nodes[index].operation {
    case .parameter, .constant, .tensor, .input: false
    default: true
    }
  }

  /// Values that are put one behind the other are computed where they are wanted, each once.
  private mutating func findPartsOfLists() {
    for index in graph.nodes.indices.reversed() where needs.isNeeded[index] {
      guard case .concatenate(outer: 1) = graph.nodes[index].operation, fusion.target[index] == nil else {
        continue
      }
      var offset = home[index].offset
      for input in graph.nodes[index].inputs {
        let node = graph.nodes[input]
        let length = sizes.offset(node.shape.count, isBatched: node.isBatched)
        if home[input].root == input, isComputed(input), operands[input] == .none, !couldBeView(input),
          offset % sizes.laneCount == 0, operands[index] == .none
        {
          home[input] = (home[index].root, offset)
        }
        offset += length
      }
    }
  }

  private func couldBeView(_ index: Int) -> Bool {
    if case .copy(let layout, _) = graph.nodes[index].operation { return layout.contiguousStart != nil }
    return false
  }

  /// Copies of neighboring elements are no copies: they lie within their source.
  private mutating func findViews(_ layout: ParameterLayout) {
    for index in graph.nodes.indices where needs.isNeeded[index] {
      let node = graph.nodes[index]
      if case .parameter(let block) = node.operation {
        operands[index] = Operand(region: .parameters, offset: Int32(layout.offsets[block]))
      }
      guard case .copy(let block, _) = node.operation, let first = block.contiguousStart,
        block.count == node.shape.count, home[index].root == index, operands[index] == .none
      else { continue }
      let source = node.inputs[0]
      let offset = sizes.offset(first, isBatched: node.isBatched)
      guard offset % sizes.laneCount == 0, graph.nodes[source].isBatched == node.isBatched,
        fusion.target[source] == nil
      else { continue }
      isView[index] = true
      if operands[source] != .none {
        operands[index] = operands[source].moved(by: offset)
      } else {
        home[index] = (home[source].root, home[source].offset + offset)
      }
    }
  }

  /// The values that the record of a node reads, those of a product fused into it included.
  private func readBy(_ index: Int) -> [Int] {
    graph.nodes[index].inputs.flatMap { fusion.target[$0] == index ? [$0] + graph.nodes[$0].inputs : [$0] }
  }

  /// Gives every root its place; the smallest free place that is large enough is taken.
  private mutating func allocate() {
    let nodes = graph.nodes
    var end = [Int](repeating: -1, count: nodes.count)
    for index in nodes.indices where needs.isNeeded[index] {
      let root = home[index].root
      end[root] = max(end[root], needs.isPinned[index] ? .max : index)
      let reader = fusion.target[index] ?? index
      for input in nodes[index].inputs { end[home[input].root] = max(end[home[input].root], reader) }
    }
    var ending: [Int: [Int]] = [:]
    for index in nodes.indices where end[index] >= 0 && end[index] < nodes.count {
      ending[end[index], default: []].append(index)
    }
    var held: [Int] = []
    // Inputs and constants are written before a run: no record may have used their places earlier.
    for index in nodes.indices where needs.isNeeded[index] && isWrittenBefore(index) {
      operands[index] = place(sizes.count(nodes[index]))
    }
    for index in nodes.indices where needs.isNeeded[index] && !isWrittenBefore(index) {
      let root = home[index].root
      if fusion.target[index] == nil, operands[root] == .none {
        if let old = reusable(for: index, dying: ending[index] ?? []) {
          operands[root] = operands[old]
          ending[index]?.removeAll { $0 == old }
        } else {
          operands[root] = place(sizes.count(nodes[root]))
        }
      }
      // Within a chain, a later operation may still be at an earlier tile.
      held += (ending[index] ?? []).filter { isReusable($0) }
      if let chain = chains.number[index], chains.last[chain] != index { continue }
      for old in held { free.append((sizes.count(nodes[old]), Int(operands[old].offset))) }
      held = []
    }
    for index in nodes.indices where needs.isNeeded[index] && home[index].root != index {
      operands[index] = operands[home[index].root].moved(by: home[index].offset)
    }
  }

  /// The input whose place an elementwise result may take: read for the last time here, of the same size, and read at
  /// the element that is written.
  private func reusable(for index: Int, dying: [Int]) -> Int? {
    let node = graph.nodes[index]
    switch node.operation {
    case .map, .gradient, .combine, .select: break
    default: return nil
    }
    guard home[index].root == index else { return nil }
    return dying.first { old in
      let source = graph.nodes[old]
      guard isReusable(old), sizes.count(source) == sizes.count(node), node.inputs.contains(old) else {
        return false
      }
      // Every operand within that memory must be all of it.
      return readBy(index).allSatisfy {
        home[$0].root != old
          || ($0 == old && source.shape == node.shape && source.isBatched == node.isBatched)
      } && readBy(index).count == node.inputs.count
    }
  }

  private func isWrittenBefore(_ index: Int) -> Bool {
    switch graph.nodes[index].operation {
    case .input, .constant, .tensor: true
    default: false
    }
  }

  private func isReusable(_ index: Int) -> Bool {
    isComputed(index) && home[index].root == index && operands[index].region == .arena
  }

  private mutating func place(_ size: Int) -> Operand {
    let fitting = free.indices.filter { free[$0].size >= size }
    if let best = fitting.min(by: { (free[$0].size, free[$0].offset) < (free[$1].size, free[$1].offset) }) {
      let chosen = free.remove(at: best)
      if chosen.size > size { free.append((chosen.size - size, chosen.offset + size)) }
      return Operand(region: .arena, offset: Int32(chosen.offset))
    }
    defer { arenaCount += size }
    return Operand(region: .arena, offset: Int32(arenaCount))
  }
}
