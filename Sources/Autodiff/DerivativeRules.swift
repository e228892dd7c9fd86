import Kernels
import Tensors

extension Variable {
  /// What a derivative upstream of this node adds to that of each input; nil where none flows or is needed.
  ///
  /// The upstream derivative may lack axes or samples along which it is the same.
  func contributions(_ upstream: Variable, needs: [Bool]) -> [Contribution?] {
    let inputs = node.inputs.map { Variable(graph: graph, index: $0) }
    func value(_ input: Int, _ derivative: () -> Variable) -> Contribution? {
      needs[input] ? .value(derivative()) : nil
    }
    switch node.operation {
    case .input, .parameter, .constant, .tensor: return []
    case .dropoutMask, .constantCopy: return [nil]
    case .matrixProduct, .transposedMatrixProduct, .contractSamples, .multiplyMatrices, .convolution,
      .transposedConvolution, .contractConvolution:
      return productContributions(inputs, upstream.spread(like: self), needs)
    case .map(let function): return [.value(mapContribution(function, inputs[0], upstream))]
    case .gradient(let function):
      return gradientContributions(function, inputs[0], inputs[1], upstream, needs)
    case .combine(let function):
      let derivatives = combineContributions(function, inputs[0], inputs[1], upstream, needs)
      return zip(derivatives, inputs).map { derivative, input in derivative.map { reduced($0, to: input) } }
    case .select:
      let u = upstream.spread(like: self)
      let none = graph.constant(0).spread(like: self)
      return [
        nil, value(1) { u.selected(where: inputs[0], otherwise: none) },
        value(2) { none.selected(where: inputs[0], otherwise: u) },
      ]
    // A derivative that is the same for every term stays one number until somebody needs them all.
    case .sumSamples: return inputs.indices.map { index in value(index) { upstream } }
    case .reduce(let reduction, let axes):
      return [.value(reduceContribution(reduction, axes, inputs[0], upstream))]
    case .cumulativeSum(let axes, let isReversed):
      let u = upstream.spread(like: self)
      return [
        .value(
          u.append(.cumulativeSum(axes, isReversed: !isReversed), shape: shape, isBatched: isBatched))
      ]
    case .softmax:
      let u = upstream.spread(like: self)
      return [.value(self * (u - (u * self).sum(axes: [-1], keepsAxes: true)))]
    case .softmaxCrossEntropy:
      let spread = upstream.shape.rank == 0 ? upstream : upstream.reshaped(to: Shape(shape.dimensions + [1]))
      return [
        value(0) { (inputs[0].softmax() - inputs[1]) * spread },
        value(1) { (inputs[0].logSoftmax() * spread).map(.negate) },
      ]
    case .selectMaxima, .scatterMaxima, .sumWindows, .spreadWindows:
      return poolingContributions(inputs, upstream.spread(like: self), needs)
    case .broadcast: return [reduced(upstream, to: inputs[0])]
    case .copy, .concatenate, .gatherRows, .scatterRows, .samplesAsRows, .rowsAsSamples:
      return rearrangementContributions(inputs, upstream.spread(like: self), needs)
    }
  }

  private func productContributions(_ inputs: [Variable], _ u: Variable, _ needs: [Bool]) -> [Contribution?] {
    func value(_ input: Int, _ derivative: () -> Variable) -> Contribution? {
      needs[input] ? .value(derivative()) : nil
    }
    switch node.operation {
    case .matrixProduct:
      var result: [Contribution?] = [
        needs[0] ? .contraction(d: u, x: inputs[1]) : nil, value(1) { inputs[0].transposedMatrixProduct(u) },
      ]
      if inputs.count > 2 { result.append(needs[2] ? reduced(u, to: inputs[2]) : nil) }
      return result
    case .transposedMatrixProduct:
      return [
        needs[0] ? .contraction(d: inputs[1], x: u) : nil, value(1) { inputs[0].matrixProduct(u) },
      ]
    case .contractSamples:
      return inputs.indices.map { index in
        value(index) {
          index.isMultiple(of: 2)
            ? u.matrixProduct(inputs[index + 1]) : u.transposedMatrixProduct(inputs[index - 1])
        }
      }
    case .multiplyMatrices(let first, let second):
      let (a, b) = (inputs[0], inputs[1])
      return [
        value(0) {
          first
            ? b.multiplied(by: u, transposingSelf: second, transposingOther: true)
            : u.multiplied(by: b, transposingOther: !second)
        },
        value(1) {
          second
            ? u.multiplied(by: a, transposingSelf: true, transposingOther: first)
            : a.multiplied(by: u, transposingSelf: !first)
        },
      ]
    case .convolution(let geometry):
      var result: [Contribution?] = [
        value(0) { u.contractedConvolution(with: inputs[1], geometry).reshaped(to: inputs[0].shape) },
        value(1) { inputs[0].transposedConvolution(u, geometry).reshaped(to: inputs[1].shape) },
      ]
      if inputs.count > 2 { result.append(needs[2] ? reduced(u, to: inputs[2]) : nil) }
      return result
    case .transposedConvolution(let geometry):
      return [
        value(0) { inputs[1].contractedConvolution(with: u, geometry).reshaped(to: inputs[0].shape) },
        value(1) { inputs[0].convolution(u, geometry).reshaped(to: inputs[1].shape) },
      ]
    case .contractConvolution(let geometry):
      return [
        value(0) { u.convolution(inputs[1], geometry).reshaped(to: inputs[0].shape) },
        value(1) { u.transposedConvolution(inputs[0], geometry).reshaped(to: inputs[1].shape) },
      ]
    default: return []
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
    case .sine: upstream * x.map(.cosine)
    case .cosine: (upstream * x.map(.sine)).map(.negate)
    // 2/√π exp(−x²)
    case .erf: upstream * (1.1283791670955126 * x.map(.square).map(.negate).map(.exponential))
    case .softplus: upstream * x.map(.sigmoid)
    case .magnitude: upstream * x.map(.sign)
    case .sign: 0 * upstream
    }
  }

  /// The derivatives of `upstream · g'` with respect to the value `y` of the function and to the upstream derivative.
  private func gradientContributions(
    _ function: ElementFunction, _ y: Variable, _ inner: Variable, _ upstream: Variable, _ needs: [Bool]
  ) -> [Contribution?] {
    let toInner: Contribution? = needs[1] ? .value(y.gradient(function, upstream)) : nil
    guard needs[0] else { return [nil, toInner] }
    switch function {
    case .tanh: return [.value((-2 * (upstream * inner)) * y), toInner]
    case .sigmoid: return [.value((upstream * inner) * (graph.constant(1) - 2 * y)), toInner]
    case .exponential: return [.value(upstream * inner), toInner]
    default: return [nil, toInner]
    }
  }

  private func combineContributions(
    _ function: BinaryFunction, _ a: Variable, _ b: Variable, _ upstream: Variable, _ needs: [Bool]
  ) -> [Variable?] {
    func when(_ input: Int, _ derivative: () -> Variable) -> Variable? { needs[input] ? derivative() : nil }
    switch function {
    case .add: return [upstream, upstream]
    case .subtract: return [upstream, when(1) { upstream.map(.negate) }]
    case .multiply: return [when(0) { upstream * b }, when(1) { upstream * a }]
    case .divide: return [when(0) { upstream / b }, when(1) { ((upstream * self) / b).map(.negate) }]
    case .first: return [upstream, nil]
    // Where both are equal, each gets half.
    case .maximum:
      let half = 0.5 * a.isEqual(to: b)
      return [
        when(0) { upstream * (b.isLess(than: a) + half) }, when(1) { upstream * (a.isLess(than: b) + half) },
      ]
    case .minimum:
      let half = 0.5 * a.isEqual(to: b)
      return [
        when(0) { upstream * (a.isLess(than: b) + half) }, when(1) { upstream * (b.isLess(than: a) + half) },
      ]
    case .power:
      return [
        when(0) { upstream * (b * a.raised(to: b - 1)) }, when(1) { upstream * (self * a.map(.logarithm)) },
      ]
    case .less, .equal: return [nil, nil]
    }
  }

  private func reduceContribution(
    _ reduction: Reduction, _ axes: ReductionAxes, _ x: Variable, _ upstream: Variable
  ) -> Variable {
    // Seen as a block of three axes, whatever the shape is.
    let block: Shape = [axes.outer, axes.count, axes.inner]
    let column: Shape = [axes.outer, 1, axes.inner]
    if reduction == .sum {
      guard upstream.shape.rank > 0 else { return upstream }
      return upstream.spread(like: self).reshaped(to: column).broadcast(to: block).reshaped(to: x.shape)
    }
    let isTop = x.reshaped(to: block).isEqual(to: reshaped(to: column))
    let share = upstream.spread(like: self).reshaped(to: column) / isTop.sum(axes: [1], keepsAxes: true)
    return (isTop * share).reshaped(to: x.shape)
  }

  private func poolingContributions(_ inputs: [Variable], _ u: Variable, _ needs: [Bool]) -> [Contribution?] {
    switch node.operation {
    case .selectMaxima(let geometry):
      let derivative = inputs[0].scatteringMaxima(u, geometry)
      // The place of the maximum does not depend on the values: nothing flows to what is only compared.
      if node.inputs[0] == node.inputs[1] { return [needs[0] ? .value(derivative) : nil, nil] }
      return [nil, needs[1] ? .value(derivative) : nil]
    case .scatterMaxima(let geometry):
      return [nil, needs[1] ? .value(inputs[0].selectingMaxima(u, geometry)) : nil]
    case .sumWindows(let geometry):
      return [.value(u.spreadOverWindows(geometry).reshaped(to: inputs[0].shape))]
    case .spreadWindows(let geometry): return [.value(u.windowSums(geometry).reshaped(to: inputs[0].shape))]
    default: return []
    }
  }

  private func rearrangementContributions(
    _ inputs: [Variable], _ u: Variable, _ needs: [Bool]
  ) -> [Contribution?] {
    switch node.operation {
    case .copy(let layout, _): return [copyContribution(layout, inputs[0], u)]
    case .concatenate(let outer):
      let length = shape.count / Swift.max(outer, 1)
      let rows = u.reshaped(to: [outer, length])
      var first = 0
      return inputs.indices.map { index in
        let count = inputs[index].shape.count / Swift.max(outer, 1)
        defer { first += count }
        guard needs[index] else { return nil }
        return .value(rows.slice(axis: 1, first..<first + count).reshaped(to: inputs[index].shape))
      }
    case .gatherRows(let sizes):
      return [needs[0] ? .value(u.scatteringRows(inputs[1], sizes, shape: inputs[0].shape)) : nil, nil]
    case .scatterRows:
      return [needs[0] ? .value(u.gatheringRows(inputs[1]).reshaped(to: inputs[0].shape)) : nil, nil]
    case .samplesAsRows: return [.value(u.rowsAsSamples())]
    case .rowsAsSamples: return [.value(u.samplesAsRows(count: inputs[0].shape.dimensions[0]))]
    default: return []
    }
  }

  private func copyContribution(_ layout: StridedLayout, _ x: Variable, _ u: Variable) -> Contribution {
    if let first = layout.contiguousStart, layout.count == shape.count {
      if layout.count == x.shape.count { return .value(u.reshaped(to: x.shape)) }
      return .piece(first: first, u)
    }
    let back = u.append(
      .copy(layout.transposed, fill: layout.count == x.shape.count ? nil : 0), shape: x.shape,
      isBatched: isBatched)
    return .value(back)
  }
}
