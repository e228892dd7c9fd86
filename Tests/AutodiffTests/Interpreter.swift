import Autodiff
import Kernels
import Tensors

/// Computes a graph the plain way, a list of numbers for every sample and node.
struct Interpreter {
  private(set) var values: [[[Double]]] = []
  private let graph: Graph
  private let samples: Int

  /// `inputs` and `parameters` are given by node: samples × elements, one sample for what is no batch.
  init(_ graph: Graph, samples: Int, given: (Int) -> [[Double]]) {
    self.graph = graph
    self.samples = samples
    for (index, node) in graph.nodes.enumerated() {
      var result: [[Double]] = []
      for sample in 0..<(node.isBatched ? samples : 1) {
        let operands = node.inputs.map { input in
          graph.nodes[input].isBatched ? values[input][sample] : values[input][0]
        }
        let shapes = node.inputs.map { graph.nodes[$0].shape }
        switch node.operation {
        case .input, .parameter: result.append(given(index)[sample])
        default: result.append(value(of: node, sample, operands, shapes))
        }
      }
      values.append(result)
    }
  }

  /// The element of a value that is spread over a shape.
  private func spread(_ operand: [Double], _ shape: Shape, over result: Shape, _ element: Int) -> Double {
    var rest = element
    var place = 0
    for axis in result.dimensions.indices.reversed() {
      let index = rest % result.dimensions[axis]
      rest /= result.dimensions[axis]
      let own = axis - (result.rank - shape.rank)
      if own >= 0, shape.dimensions[own] > 1 { place += index * shape.steps[own] }
    }
    return operand[place]
  }

  private func value(of node: Node, _ sample: Int, _ operands: [[Double]], _ shapes: [Shape]) -> [Double] {
    let elements = 0..<node.shape.count
    switch node.operation {
    case .input, .parameter: return []
    case .constant(let number): return [number]
    case .tensor(let numbers): return numbers
    case .dropoutMask: return elements.map { _ in 1 }
    case .map(let function): return operands[0].map { Self.apply(function, $0) }
    case .constantCopy: return operands[0]
    case .gradient(let function):
      return elements.map { operands[1][$0] * Self.slope(function, operands[0][$0]) }
    case .combine(let function):
      return elements.map {
        Self.apply(
          function, spread(operands[0], shapes[0], over: node.shape, $0),
          spread(operands[1], shapes[1], over: node.shape, $0))
      }
    case .select: return elements.map { operands[0][$0] != 0 ? operands[1][$0] : operands[2][$0] }
    case .broadcast: return elements.map { spread(operands[0], shapes[0], over: node.shape, $0) }
    case .reduce, .cumulativeSum, .softmax, .softmaxCrossEntropy, .sumSamples:
      return reduction(of: node, operands, shapes)
    case .copy, .concatenate, .gatherRows, .scatterRows, .samplesAsRows, .rowsAsSamples:
      return rearrangement(of: node, sample, operands, shapes)
    default: return product(of: node, operands, shapes)
    }
  }

  private func reduction(of node: Node, _ operands: [[Double]], _ shapes: [Shape]) -> [Double] {
    let x = operands[0]
    switch node.operation {
    case .sumSamples:
      return (0..<node.shape.count).map { element in
        node.inputs.reduce(0) { $0 + values[$1].reduce(0) { $0 + $1[element] } }
      }
    case .reduce(let reduction, let axes):
      return (0..<axes.outer * axes.inner).map { index in
        let (outer, inner) = index.quotientAndRemainder(dividingBy: axes.inner)
        let terms = (0..<axes.count).map { x[(outer * axes.count + $0) * axes.inner + inner] }
        return reduction == .sum ? terms.reduce(0, +) : terms.max() ?? -.infinity
      }
    case .cumulativeSum(let axes, let isReversed):
      return x.indices.map { index in
        let (outer, rest) = index.quotientAndRemainder(dividingBy: axes.count * axes.inner)
        let (place, inner) = rest.quotientAndRemainder(dividingBy: axes.inner)
        let range = isReversed ? place..<axes.count : 0..<place + 1
        return range.reduce(0) { $0 + x[(outer * axes.count + $1) * axes.inner + inner] }
      }
    default:
      let classes = shapes[0].dimensions[shapes[0].rank - 1]
      return stride(from: 0, to: x.count, by: classes).flatMap { first -> [Double] in
        let terms = (first..<first + classes).map { Double.exp(x[$0]) }
        let sum = terms.reduce(0, +)
        if node.operation == .softmax { return terms.map { $0 / sum } }
        return [(0..<classes).reduce(0) { $0 - operands[1][first + $1] * (x[first + $1] - Double.log(sum)) }]
      }
    }
  }

  private func rearrangement(
    of node: Node, _ sample: Int, _ operands: [[Double]], _ shapes: [Shape]
  ) -> [Double] {
    switch node.operation {
    case .copy(let layout, let fill):
      var result = [Double](repeating: fill ?? .nan, count: node.shape.count)
      var index = [Int](repeating: 0, count: 8)
      for _ in 0..<layout.count {
        let from = (0..<8).reduce(layout.sourceStart) { $0 + index[$1] * Int(layout.sourceSteps[$1]) }
        let to = (0..<8).reduce(layout.resultStart) { $0 + index[$1] * Int(layout.resultSteps[$1]) }
        result[to] = operands[0][from]
        for axis in (0..<8).reversed() {
          index[axis] += 1
          if index[axis] < layout.counts[axis] { break }
          index[axis] = 0
        }
      }
      return result
    case .concatenate(let outer):
      return (0..<outer).flatMap { row in
        operands.flatMap { $0[(row * $0.count / outer)..<((row + 1) * $0.count / outer)] }
      }
    case .gatherRows(let sizes):
      return operands[1].flatMap { number in
        (0..<sizes.width).map { operands[0][Int(number) * sizes.width + $0] }
      }
    case .scatterRows(let sizes):
      var table = [Double](repeating: 0, count: node.shape.count)
      let batch =
        sizes.isTableBatched
        ? [(operands[0], operands[1])] : Array(zip(values[node.inputs[0]], values[node.inputs[1]]))
      for (upstream, numbers) in batch {
        for (choice, number) in numbers.enumerated() {
          for element in 0..<sizes.width {
            table[Int(number) * sizes.width + element] += upstream[choice * sizes.width + element]
          }
        }
      }
      return table
    case .samplesAsRows: return values[node.inputs[0]].flatMap { $0 }
    default:
      let count = node.shape.count
      return Array(operands[0][sample * count..<(sample + 1) * count])
    }
  }

  private func product(of node: Node, _ operands: [[Double]], _ shapes: [Shape]) -> [Double] {
    switch node.operation {
    case .matrixProduct:
      let inputs = shapes[0].dimensions[1]
      let outputs = shapes[0].dimensions[0]
      return (0..<node.shape.count).map { index in
        let (position, j) = index.quotientAndRemainder(dividingBy: outputs)
        let start = operands.count > 2 ? operands[2][operands[2].count == outputs ? j : index] : 0
        return (0..<inputs).reduce(start) {
          $0 + operands[0][j * inputs + $1] * operands[1][position * inputs + $1]
        }
      }
    case .transposedMatrixProduct:
      let (outputs, inputs) = (shapes[0].dimensions[0], shapes[0].dimensions[1])
      return (0..<node.shape.count).map { index in
        let (position, k) = index.quotientAndRemainder(dividingBy: inputs)
        return (0..<outputs).reduce(0) {
          $0 + operands[0][$1 * inputs + k] * operands[1][position * outputs + $1]
        }
      }
    case .contractSamples:
      let (rows, columns) = (node.shape.dimensions[0], node.shape.dimensions[1])
      var result = [Double](repeating: 0, count: rows * columns)
      for pair in stride(from: 0, to: node.inputs.count, by: 2) {
        for (d, x) in zip(values[node.inputs[pair]], values[node.inputs[pair + 1]]) {
          for position in 0..<d.count / rows {
            for index in result.indices {
              result[index] += d[position * rows + index / columns] * x[position * columns + index % columns]
            }
          }
        }
      }
      return result
    case .multiplyMatrices(let first, let second):
      let a = Array(shapes[0].dimensions.suffix(2))
      let b = Array(shapes[1].dimensions.suffix(2))
      let (inner, columns) = (first ? a[0] : a[1], second ? b[0] : b[1])
      let rows = first ? a[1] : a[0]
      return (0..<node.shape.count).map { index in
        let (matrix, rest) = index.quotientAndRemainder(dividingBy: rows * columns)
        let (i, j) = rest.quotientAndRemainder(dividingBy: columns)
        return (0..<inner).reduce(0) { sum, k in
          let left = operands[0][matrix * rows * inner + (first ? k * rows + i : i * inner + k)]
          let right = operands[1][matrix * inner * columns + (second ? j * inner + k : k * columns + j)]
          return sum + left * right
        }
      }
    case .convolution(let g), .transposedConvolution(let g), .contractConvolution(let g):
      return convolution(of: node, g, operands)
    case .selectMaxima(let g), .scatterMaxima(let g), .sumWindows(let g), .spreadWindows(let g):
      return pooling(of: node, g, operands)
    default: return []
    }
  }

  /// Every meeting of an output position, a filter's element and an input element.
  private func forEachMeeting(
    _ g: ConvolutionGeometry, _ body: (_ output: Int, _ term: Int, _ input: Int) -> Void
  ) {
    for down in 0..<g.outputHeight {
      for right in 0..<g.outputWidth {
        for ky in 0..<g.kernelHeight {
          for kx in 0..<g.kernelWidth {
            let y = down * g.stride.down + ky * g.dilation.down
            let x = right * g.stride.right + kx * g.dilation.right
            body(down * g.outputWidth + right, ky * g.kernelWidth + kx, y * g.inputWidth + x)
          }
        }
      }
    }
  }

  private func convolution(of node: Node, _ g: ConvolutionGeometry, _ operands: [[Double]]) -> [Double] {
    var result = [Double](repeating: 0, count: node.shape.count)
    let taps = g.kernelHeight * g.kernelWidth
    func add(_ d: [Double], _ x: [Double], _ w: [Double]) {
      forEachMeeting(g) { output, term, input in
        for filter in 0..<g.filters {
          for channel in 0..<g.channels {
            let (o, t) = (output * g.filters + filter, (filter * taps + term) * g.channels + channel)
            let i = input * g.channels + channel
            switch node.operation {
            case .convolution: result[o] += w[t] * x[i]
            case .transposedConvolution: result[i] += w[t] * d[o]
            default: result[t] += d[o] * x[i]
            }
          }
        }
      }
    }
    switch node.operation {
    case .convolution:
      add([], operands[1], operands[0])
      if operands.count > 2 {
        for index in result.indices { result[index] += operands[2][index % g.filters] }
      }
    case .transposedConvolution: add(operands[1], [], operands[0])
    default: for (d, x) in zip(values[node.inputs[0]], values[node.inputs[1]]) { add(d, x, []) }
    }
    return result
  }

  private func pooling(of node: Node, _ g: ConvolutionGeometry, _ operands: [[Double]]) -> [Double] {
    var result = [Double](repeating: 0, count: node.shape.count)
    var top = [Int?](repeating: nil, count: g.outputHeight * g.outputWidth * g.channels)
    forEachMeeting(g) { output, _, input in
      for channel in 0..<g.channels {
        let (o, i) = (output * g.channels + channel, input * g.channels + channel)
        switch node.operation {
        case .sumWindows: result[o] += operands[0][i]
        case .spreadWindows: result[i] += operands[0][o]
        default:
          if let best = top[o], operands[0][best] >= operands[0][i] { continue }
          top[o] = i
        }
      }
    }
    for case (let output, let input?) in top.enumerated() {
      if case .selectMaxima = node.operation { result[output] = operands[1][input] }
      if case .scatterMaxima = node.operation { result[input] += operands[1][output] }
    }
    return result
  }

  static func apply(_ function: BinaryFunction, _ a: Double, _ b: Double) -> Double {
    switch function {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .first: a
    case .maximum: max(a, b)
    case .minimum: min(a, b)
    case .power: Double.pow(a, b)
    case .less: a < b ? 1 : 0
    case .equal: a == b ? 1 : 0
    }
  }

  private static func apply(_ function: ElementFunction, _ x: Double) -> Double {
    switch function {
    case .identity: x
    case .relu: max(x, 0)
    case .tanh: Double.tanh(x)
    case .sigmoid: Double.sigmoid(x)
    case .exponential: Double.exp(x)
    case .logarithm: Double.log(x)
    case .negate: -x
    case .square: x * x
    case .squareRoot: x.squareRoot()
    case .reciprocal: 1 / x
    case .sine: Double.sin(x)
    case .cosine: Double.cos(x)
    case .erf: Double.erf(x)
    case .softplus: Double.log(1 + Double.exp(x))
    case .magnitude: abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : 0
    }
  }

  private static func slope(_ function: ElementFunction, _ y: Double) -> Double {
    switch function {
    case .relu: y > 0 ? 1 : 0
    case .tanh: 1 - y * y
    case .sigmoid: y * (1 - y)
    case .exponential: y
    default: 1
    }
  }
}
