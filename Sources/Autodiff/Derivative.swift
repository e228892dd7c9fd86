import Kernels
import Tensors

extension Variable {
  /// The derivatives of this number with respect to others, written down as more nodes of the same graph
  /// (reverse mode: one backward pass whatever their number).
  ///
  /// Because derivatives are graphs, they can be derived again.
  public func gradients(withRespectTo targets: [Variable]) -> [Variable] {
    var upstream: [Int: Variable] = [index: graph.constant(1)]
    for current in stride(from: index, through: 0, by: -1) {
      guard let derivative = upstream[current] else { continue }
      let node = graph.nodes[current]
      for (input, contribution) in zip(
        node.inputs, Variable(graph: graph, index: current).contributions(derivative))
      {
        guard let contribution else { continue }
        let reduced = contribution.reduced(to: Variable(graph: graph, index: input))
        upstream[input] = upstream[input].map { $0 + reduced } ?? reduced
      }
    }
    return targets.map { target in
      (upstream[target.index] ?? graph.constant(0)).spread(like: target)
    }
  }

  /// Sums a derivative over everything that its value was spread over.
  private func reduced(to value: Variable) -> Variable {
    var result = self
    if result.isBatched, !value.isBatched { result = result.summedOverSamples() }
    if result.shape.rank > 0, value.shape.rank == 0 { result = result.summedOverElements() }
    return result
  }

  /// What a derivative upstream of this node adds to that of each input; nil where none flows.
  private func contributions(_ upstream: Variable) -> [Variable?] {
    let inputs = node.inputs.map { Variable(graph: graph, index: $0) }
    switch node.operation {
    case .input, .parameter, .constant: return []
    case .matrixProduct:
      let d = upstream.spread(like: self)
      return [d.contractedOverSamples(with: inputs[1]), inputs[0].transposedMatrixProduct(d)]
        + (inputs.count > 2 ? [d.summedOverSamples()] : [])
    case .transposedMatrixProduct:
      let d = upstream.spread(like: self)
      return [inputs[1].contractedOverSamples(with: d), inputs[0].matrixProduct(d)]
    case .contractSamples:
      let u = upstream.spread(like: self)
      return [u.matrixProduct(inputs[1]), u.transposedMatrixProduct(inputs[0])]
    // A derivative that is the same for every term stays one number until somebody needs them all.
    case .sumSamples, .sumElements: return [upstream]
    case .broadcast: return [upstream.spread(like: self)]
    case .map(let function): return [mapContribution(function, inputs[0], upstream)]
    case .gradient(let function): return gradientContributions(function, inputs[0], inputs[1], upstream)
    case .combine(let function): return combineContributions(function, inputs[0], inputs[1], upstream)
    case .softmax:
      let u = upstream.spread(like: self)
      return [self * (u - (u * self).summedOverElements())]
    case .softmaxCrossEntropy: return [(inputs[0].softmax() - inputs[1]) * upstream, nil]
    case .dropoutMask: return [nil]
    }
  }

  private func mapContribution(_ function: ElementFunction, _ x: Variable, _ upstream: Variable) -> Variable {
    switch function {
    case .identity: upstream
    case .relu, .tanh, .sigmoid, .exponential: gradient(function, upstream)
    case .logarithm: upstream / x
    case .negate: upstream.map(.negate)
    case .square: (2 * upstream) * x
    case .squareRoot: (0.5 * upstream) / self
    case .reciprocal: (upstream * (self * self)).map(.negate)
    }
  }

  /// The derivatives of `upstream · g'` with respect to the value `y` of the function and to the upstream derivative.
  private func gradientContributions(
    _ function: ElementFunction, _ y: Variable, _ inner: Variable, _ upstream: Variable
  ) -> [Variable?] {
    let toInner = y.gradient(function, upstream)
    switch function {
    case .tanh: return [(-2 * (upstream * inner)) * y, toInner]
    case .sigmoid: return [(upstream * inner) * (graph.constant(1) - 2 * y), toInner]
    case .exponential: return [upstream * inner, toInner]
    default: return [nil, toInner]
    }
  }

  private func combineContributions(
    _ function: BinaryFunction, _ a: Variable, _ b: Variable, _ upstream: Variable
  ) -> [Variable?] {
    switch function {
    case .add: [upstream.spread(like: self), upstream.spread(like: self)]
    case .subtract: [upstream.spread(like: self), upstream.spread(like: self).map(.negate)]
    case .multiply: [upstream * b, upstream * a]
    case .divide: [upstream / b, ((upstream * self) / b).map(.negate)]
    case .first: [upstream.spread(like: self), nil]
    }
  }
}
