import Kernels
import Tensors

extension Variable {
  /// The derivatives of this number with respect to others, written down as more nodes of the same graph
  /// (reverse mode: one backward pass whatever their number).
  ///
  /// Because derivatives are graphs, they can be derived again. Of a value with several elements or samples, it is the
  /// derivatives of their sum.
  public func gradients(withRespectTo targets: [Variable]) -> [Variable] {
    pullback(of: graph.constant(1), to: targets)
  }

  /// The product of an upstream derivative with the matrix of derivatives (vector–Jacobian product): for every target
  /// the derivative of `Σ upstream · self`.
  public func pullback(of upstream: Variable, to targets: [Variable]) -> [Variable] {
    var pass = BackwardPass(from: self, upstream, to: targets)
    return pass.run()
  }

  /// The product of the matrix of derivatives with directions of the inputs (Jacobian–vector product): how this value
  /// changes as each input moves along its tangent.
  ///
  /// Written as the pullback of a pullback, which is linear in what it pulls back; so every operation needs one rule
  /// only, and what belongs to the pullback alone drops out of the program.
  public func pushforward(_ tangents: [(input: Variable, tangent: Variable)]) -> Variable {
    // The place where the pullback is expanded does not matter: it is linear.
    let upstream = spread(like: self).map(.square).withoutDerivative()
    let pulled = pullback(of: upstream, to: tangents.map(\.input))
    var total: Variable?
    for (derivative, (input, tangent)) in zip(pulled, tangents) {
      let term = (derivative * tangent.spread(like: input)).summedOverElements()
      let number = term.isBatched ? term.summedOverSamples() : term
      total = total.map { $0 + number } ?? number
    }
    return (total ?? graph.constant(0)).gradients(withRespectTo: [upstream])[0]
  }

  /// The product of the matrix of second derivatives with directions of the inputs, one for each of them.
  public func hessianVectorProduct(_ tangents: [(input: Variable, tangent: Variable)]) -> [Variable] {
    let inputs = tangents.map(\.input)
    var slope: Variable?
    for (derivative, (input, tangent)) in zip(gradients(withRespectTo: inputs), tangents) {
      let term = (derivative * tangent.spread(like: input)).summedOverElements()
      let number = term.isBatched ? term.summedOverSamples() : term
      slope = slope.map { $0 + number } ?? number
    }
    return (slope ?? graph.constant(0)).gradients(withRespectTo: inputs)
  }
}

/// What a node adds to the derivative of one of its inputs.
enum Contribution {
  /// A derivative for all elements, or one that is the same for what it lacks.
  case value(Variable)
  /// A derivative for the elements from a number on; the others get nothing.
  case piece(first: Int, Variable)
  /// A contraction over samples, not yet carried out.
  case contraction(d: Variable, x: Variable)
  /// A sum over samples, not yet carried out.
  case sampleSum(Variable)
}

/// One pass backward through a graph.
private struct BackwardPass {
  private let graph: Graph
  private let targets: [Variable]
  private let last: Int
  /// Whether a node depends on a target.
  private let leadsToTarget: [Bool]
  private var contributions: [Int: [Contribution]]

  init(from value: Variable, _ upstream: Variable, to targets: [Variable]) {
    graph = value.graph
    self.targets = targets
    last = value.index
    contributions = [value.index: [.value(upstream)]]
    var leads = [Bool](repeating: false, count: value.index + 1)
    for target in targets where target.index <= value.index { leads[target.index] = true }
    for index in 0...value.index where !leads[index] {
      leads[index] = value.graph.nodes[index].inputs.contains { leads[$0] }
    }
    leadsToTarget = leads
  }

  mutating func run() -> [Variable] {
    var derivatives: [Int: Variable] = [:]
    let wanted = Set(targets.map(\.index))
    for current in stride(from: last, through: 0, by: -1) where leadsToTarget[current] {
      guard let parts = contributions.removeValue(forKey: current) else { continue }
      let value = Variable(graph: graph, index: current)
      let upstream = Self.total(parts, of: value)
      if wanted.contains(current) { derivatives[current] = upstream }
      let inputs = graph.nodes[current].inputs
      guard inputs.contains(where: { leadsToTarget[$0] }) else { continue }
      let needs = inputs.map { leadsToTarget[$0] }
      for (input, contribution) in zip(inputs, value.contributions(upstream, needs: needs)) {
        guard let contribution, leadsToTarget[input] else { continue }
        contributions[input, default: []].append(contribution)
      }
    }
    return targets.map { target in
      (derivatives[target.index] ?? graph.constant(0)).spread(like: target)
    }
  }

  /// The sum of all contributions: contractions and sums over samples are carried out together, and pieces that do not
  /// overlap are put one behind the other.
  private static func total(_ parts: [Contribution], of value: Variable) -> Variable {
    var sums: [Variable] = []
    var pairs: [(d: Variable, x: Variable)] = []
    var sampleSums: [Variable] = []
    var pieces: [(first: Int, value: Variable)] = []
    for part in parts {
      switch part {
      case .value(let variable): sums.append(variable)
      case .piece(let first, let variable): pieces.append((first, variable))
      case .contraction(let d, let x): pairs.append((d, x))
      case .sampleSum(let variable): sampleSums.append(variable)
      }
    }
    if !pairs.isEmpty { sums.append(Variable.contraction(pairs).reshaped(to: value.shape)) }
    if !sampleSums.isEmpty { sums.append(Variable.sampleSum(sampleSums)) }
    sums += layers(of: pieces, value)
    return sums.dropFirst().reduce(sums[0]) { $0 + $1 }
  }

  /// Pieces put one behind the other, those that overlap on layers of their own.
  private static func layers(of pieces: [(first: Int, value: Variable)], _ value: Variable) -> [Variable] {
    var layers: [[(first: Int, value: Variable)]] = []
    let sorted = pieces.enumerated().sorted {
      ($0.element.first, $0.offset) < ($1.element.first, $1.offset)
    }
    for (_, piece) in sorted {
      let free = layers.firstIndex { layer in
        layer.last.map { $0.first + $0.value.shape.count <= piece.first } ?? true
      }
      if let free { layers[free].append(piece) } else { layers.append([piece]) }
    }
    return layers.map { layer in
      var parts: [Variable] = []
      var next = 0
      func fill(to end: Int) {
        guard end > next else { return }
        parts.append(value.graph.constant(0).spread(over: [end - next], isBatched: value.isBatched))
        next = end
      }
      for piece in layer {
        fill(to: piece.first)
        parts.append(
          piece.value.spread(over: piece.value.shape, isBatched: value.isBatched)
            .reshaped(to: [piece.value.shape.count]))
        next += piece.value.shape.count
      }
      fill(to: value.shape.count)
      return Variable.concatenated(parts).reshaped(to: value.shape)
    }
  }
}

extension Variable {
  /// Sums a derivative over everything that `value` was spread over to reach this node's shape.
  func reduced(_ derivative: Variable, to value: Variable) -> Contribution {
    let rank = shape.rank
    let missing = rank - value.shape.rank
    guard shape != value.shape else {
      return isBatched && !value.isBatched ? .sampleSum(derivative.spread(like: self)) : .value(derivative)
    }
    // Derivatives that lack what the value lacks too cannot be told from sums: everything is spread first.
    let full = derivative.spread(like: self)
    let axes = (0..<rank).filter {
      $0 < missing || (value.shape.dimensions[$0 - missing] == 1 && shape.dimensions[$0] != 1)
    }
    let summed = full.sum(axes: axes).reshaped(to: value.shape)
    return isBatched && !value.isBatched ? .sampleSum(summed) : .value(summed)
  }
}
