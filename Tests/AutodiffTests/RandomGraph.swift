import Autodiff
import Kernels
import Tensors

/// A graph of random operations on random values, with a number to derive.
struct RandomGraph {
  let graph = Graph()
  private(set) var parameters: [Variable] = []
  private var values: [Variable] = []
  private var stream: RandomStream

  init(seed: UInt64, operations: Int) {
    stream = RandomStream(seed: seed, .cell)
    parameters = [[4, 3], [4], [3, 4], [3], [], [5, 4]].map { graph.parameter($0) }
    values = [graph.input("x", [3]), graph.input("y", [4]), graph.input("s", [])]
    for number in 0..<operations { append(number) }
  }

  /// The last values, among them some that others are made of.
  mutating func outputs(_ count: Int) -> [Variable] {
    (0..<count).map { _ in pick(values) } + [values[values.count - 1]]
  }

  /// A number that depends on many values.
  var number: Variable {
    values.filter { $0.isBatched }.suffix(6).map { $0.summedOverElements().summedOverSamples() }
      .reduce(graph.constant(0)) { $0 + 0.1 * $1 }
  }

  private mutating func pick(_ values: [Variable]) -> Variable { values[stream.integer(below: values.count)] }

  private mutating func append(_ number: Int) {
    let x = pick(values)
    let matrices = parameters.filter { $0.shape.rank == 2 }
    switch stream.integer(below: 12) {
    case 0, 1:
      let fitting = matrices.filter { $0.shape.dimensions[1] == x.shape.count }
      guard x.isBatched, x.shape.rank == 1, !fitting.isEmpty else { return }
      let matrix = pick(fitting)
      let biases = parameters.filter { $0.shape == [matrix.shape.dimensions[0]] }
      let product = matrix.matrixProduct(x, startingAt: biases.first)
      values += [product.map([.relu, .tanh, .sigmoid][stream.integer(below: 3)])]
    case 2:
      let fitting = matrices.filter { $0.shape.dimensions[0] == x.shape.count }
      guard x.isBatched, x.shape.rank == 1, !fitting.isEmpty else { return }
      values.append(pick(fitting).transposedMatrixProduct(x).map(.tanh))
    case 3, 4, 5:
      let others = values + parameters.filter { $0.shape.rank < 2 }
      let fitting = others.filter { $0.shape == x.shape || $0.shape.rank == 0 || x.shape.rank == 0 }
      values.append(
        x.combine([.add, .subtract, .multiply][stream.integer(below: 3)], pick(fitting)).map(.tanh))
    case 6: values.append(x.map([.negate, .square, .sigmoid, .relu][stream.integer(below: 4)]))
    case 7: values.append((stream.uniform(-2, 2) * x) + graph.constant(stream.uniform(-1, 1)))
    case 8: values.append(graph.input("late \(number)", x.shape))
    case 9: values.append(x.summedOverElements().map(.tanh))
    case 10:
      guard x.isBatched, x.shape.rank == 1 else { return }
      values += [x.softmax(), x.softmaxCrossEntropy(graph.input("target \(x.shape)", x.shape).softmax())]
    default:
      guard x.isBatched, x.shape.rank == 1 else { return }
      let others = values.filter { $0.isBatched && $0.shape.rank == 1 }
      let sums = 0.05 * x.contractedOverSamples(with: pick(others))
      values.append(sums.summedOverElements().map(.tanh))
    }
  }
}

/// Computes a graph the plain way, a list of numbers for every sample and node.
struct Interpreter {
  private(set) var values: [[[Double]]] = []

  /// `inputs` and `parameters` are given by node: samples × elements, one sample for what is no batch.
  init(_ graph: Graph, samples: Int, given: (Int) -> [[Double]]) {
    for (index, node) in graph.nodes.enumerated() {
      var result: [[Double]] = []
      for sample in 0..<(node.isBatched ? samples : 1) {
        let operands = node.inputs.map { input in
          graph.nodes[input].isBatched ? values[input][sample] : values[input][0]
        }
        result.append(value(of: node, index, operands, graph, sample, samples, given))
      }
      values.append(result)
    }
  }

  private func value(
    of node: Node, _ index: Int, _ operands: [[Double]], _ graph: Graph, _ sample: Int, _ samples: Int,
    _ given: (Int) -> [[Double]]
  ) -> [Double] {
    func spread(_ operand: [Double], _ element: Int) -> Double {
      operand.count == 1 ? operand[0] : operand[element]
    }
    let elements = 0..<node.shape.count
    switch node.operation {
    case .input, .parameter: return given(index)[sample]
    case .constant(let number): return [number]
    case .matrixProduct:
      let inputs = operands[1].count
      return elements.map { j in
        (0..<inputs).reduce(operands.count > 2 ? operands[2][j] : 0) {
          $0 + operands[0][j * inputs + $1] * operands[1][$1]
        }
      }
    case .transposedMatrixProduct:
      return elements.map { k in
        operands[1].indices.reduce(0) { $0 + operands[0][$1 * node.shape.count + k] * operands[1][$1] }
      }
    case .contractSamples:
      let (d, x) = (values[node.inputs[0]], values[node.inputs[1]])
      return d[0].indices.flatMap { j in
        x[0].indices.map { k in (0..<samples).reduce(0) { $0 + d[$1][j] * x[$1][k] } }
      }
    case .sumSamples:
      let x = values[node.inputs[0]]
      return elements.map { element in x.reduce(0) { $0 + $1[element] } }
    case .sumElements: return [operands[0].reduce(0, +)]
    case .map(let function): return operands[0].map { Self.apply(function, $0) }
    case .gradient(let function):
      return elements.map { spread(operands[1], $0) * Self.slope(function, operands[0][$0]) }
    case .combine(let function):
      return elements.map { element in
        let (a, b) = (spread(operands[0], element), spread(operands[1], element))
        switch function {
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return a / b
        case .first: return a
        }
      }
    case .broadcast: return elements.map { spread(operands[0], $0) }
    case .softmax:
      let terms = operands[0].map { Double.exp($0) }
      return terms.map { $0 / terms.reduce(0, +) }
    case .softmaxCrossEntropy:
      let sum = operands[0].reduce(0) { $0 + Double.exp($1) }
      return [zip(operands[0], operands[1]).reduce(0) { $0 - $1.1 * ($1.0 - Double.log(sum)) }]
    case .dropoutMask: return elements.map { _ in 1 }
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
