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
    switch stream.integer(below: 22) {
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
    case 12, 13:
      guard x.shape.rank == 1, x.shape.count > 2 else { return }
      let first = stream.integer(below: x.shape.count - 1)
      let piece = x.slice(axis: 0, first..<first + 2)
      values += [piece, Variable.concatenated([x.map(.tanh), piece.map(.square), x]).map(.sigmoid)]
    case 14:
      let others = values.filter { $0.shape.rank == 1 && $0.isBatched == x.isBatched }
      guard x.shape.rank == 1 else { return }
      let other = pick(others)
      let table = x.reshaped(to: [x.shape.count, 1]) * other.reshaped(to: [1, other.shape.count])
      values.append(table.sum(axes: [stream.integer(below: 2)]).map(.tanh))
    case 15:
      guard x.shape.rank == 1 else { return }
      let block = Variable.stacked([x, x.map(.tanh), x.map(.negate)])
      values += [block.transposed().max(axes: [1]), block.element(1), block.mean(axes: [0])]
    case 16:
      guard x.shape.rank == 1 else { return }
      values += [x.padded(axis: 0, before: 1, behind: 2).reversed(axis: 0), x.cumulativeSum().map(.tanh)]
    case 17:
      guard x.shape.rank == 1 else { return }
      values.append(
        x.reshaped(to: [x.shape.count, 1]).multiplied(by: x.map(.tanh).reshaped(to: [1, x.shape.count]))
          .sum(axes: [0]).map(.tanh))
    case 18:
      guard x.isBatched, x.shape.rank == 1 else { return }
      let row = x.reshaped(to: [1, x.shape.count, 1])
      let filters = parameters[1].reshaped(to: [2, 1, 2, 1])
      let geometry = ConvolutionGeometry(
        inputHeight: 1, inputWidth: x.shape.count, channels: 1, filters: 2, kernelHeight: 1, kernelWidth: 2)
      guard geometry.outputWidth > 0 else { return }
      values.append(filters.convolution(row, geometry).map(.tanh).sum(axes: [0, 1]))
    case 19:
      guard x.shape.rank == 1 else { return }
      values.append(x.selected(where: x.isLess(than: x.map(.square)), otherwise: 0.5 * x))
    default:
      guard x.isBatched, x.shape.rank == 1 else { return }
      let others = values.filter { $0.isBatched && $0.shape.rank == 1 }
      let sums = 0.05 * x.contractedOverSamples(with: pick(others))
      values.append(sums.summedOverElements().map(.tanh))
    }
  }
}
