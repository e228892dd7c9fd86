import Autodiff
import Kernels
import Tensors
import Testing

/// An operation on some parameters, with a name for the test's log.
struct OperationCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// The shapes of the parameters that it is traced with.
  var shapes: [Shape]
  /// Whether its operands depend on the samples.
  var isBatched: Bool
  var body: @Sendable ([Variable]) -> Variable

  init(
    _ name: String, _ shapes: [Shape], isBatched: Bool = true,
    _ body: @escaping @Sendable ([Variable]) -> Variable
  ) {
    testDescription = name
    self.shapes = shapes
    self.isBatched = isBatched
    self.body = body
  }

  private static let image = ConvolutionGeometry(
    inputHeight: 5, inputWidth: 4, channels: 2, filters: 3, kernelHeight: 2, kernelWidth: 3)
  private static let strided = ConvolutionGeometry(
    inputHeight: 7, inputWidth: 6, channels: 1, filters: 2, kernelHeight: 2, kernelWidth: 2, stride: (2, 3),
    dilation: (3, 1))
  private static let row = ConvolutionGeometry(
    inputHeight: 1, inputWidth: 9, channels: 5, filters: 7, kernelHeight: 1, kernelWidth: 3, stride: (1, 2),
    dilation: (1, 2))
  private static let pool = ConvolutionGeometry(
    inputHeight: 5, inputWidth: 5, channels: 2, filters: 2, kernelHeight: 2, kernelWidth: 3, stride: (2, 1))

  /// Every operation beside the elementwise ones, batched where it can be.
  static let all: [OperationCase] = [
    OperationCase("sum over the first axis", [[3, 4, 2]]) { $0[0].sum(axes: [0]) },
    OperationCase("sum over outer axes", [[3, 4, 2]]) { $0[0].sum(axes: [0, 2], keepsAxes: true) },
    OperationCase("mean over the middle axis", [[3, 4, 2]]) { $0[0].mean(axes: [1]) },
    OperationCase("maximum over an axis", [[3, 4]]) { $0[0].max(axes: [1]) },
    OperationCase("maximum of everything", [[3, 4]], isBatched: false) { $0[0].max(axes: [0, 1]) },
    OperationCase("logarithm of sums of exponentials", [[3, 4]]) { $0[0].logSumExp(axes: [1]) },
    OperationCase("softmax along the last axis", [[3, 4]]) { $0[0].softmax() },
    OperationCase("softmax along the first axis", [[3, 4]]) { $0[0].softmax(axis: 0) },
    OperationCase("softmax of what is no batch", [[5]], isBatched: false) { $0[0].softmax() },
    OperationCase("log-softmax", [[3, 4]]) { $0[0].logSoftmax() },
    OperationCase("cross-entropy at positions", [[3, 4], [3, 4]]) {
      $0[0].softmaxCrossEntropy($0[1].softmax())
    },
    OperationCase("running sums", [[3, 4]]) { $0[0].cumulativeSum(axis: 0) },
    OperationCase("running sums from the end", [[3, 4]], isBatched: false) {
      $0[0].cumulativeSum(axis: 1, isReversed: true)
    },
    OperationCase("product of matrices of samples", [[3, 4], [4, 5]]) { $0[0].multiplied(by: $0[1]) },
    OperationCase("product with a transposed matrix", [[2, 3, 4], [2, 6, 4]]) {
      $0[0].multiplied(by: $0[1], transposingOther: true)
    },
    OperationCase("product of a transposed matrix", [[4, 3], [4, 5]]) {
      $0[0].multiplied(by: $0[1], transposingSelf: true)
    },
    OperationCase("product of two transposed matrices", [[4, 3], [5, 4]], isBatched: false) {
      $0[0].multiplied(by: $0[1], transposingSelf: true, transposingOther: true)
    },
    OperationCase("product of matrices", [[3, 4], [4, 5]], isBatched: false) { $0[0].multiplied(by: $0[1]) },
    OperationCase("matrix product at positions", [[3, 4]]) {
      let weights = $0[0].graph.parameter([5, 4])
      return weights.matrixProduct($0[0], startingAt: $0[0].graph.parameter([5]))
    },
    OperationCase("matrix product onto a value", [[4], [5]]) {
      $0[0].graph.parameter([5, 4]).matrixProduct($0[0], startingAt: $0[1])
    },
    OperationCase("convolution", [[5, 4, 2]]) {
      $0[0].graph.parameter([3, 2, 3, 2]).convolution($0[0], image, bias: $0[0].graph.parameter([3]))
    },
    OperationCase("convolution with strides and dilation", [[7, 6, 1]]) {
      $0[0].graph.parameter([2, 2, 2, 1]).convolution($0[0], strided)
    },
    OperationCase("convolution along one axis", [[1, 9, 5]]) {
      $0[0].graph.parameter([7, 1, 3, 5]).convolution($0[0], row)
    },
    OperationCase("largest elements of windows", [[5, 5, 2]]) { $0[0].maximumPooled(pool) },
    OperationCase("sums of windows", [[5, 5, 2]]) { $0[0].windowSums(pool) },
    OperationCase("reshaped", [[3, 4]]) { $0[0].reshaped(to: [2, 6]) },
    OperationCase("transposed", [[3, 4, 2]]) { $0[0].transposed([2, 0, 1]) },
    OperationCase("transposed, no batch", [[3, 4]], isBatched: false) { $0[0].transposed() },
    OperationCase("slices that overlap", [[6, 2]]) {
      Variable.concatenated(
        [$0[0].slice(axis: 0, 0..<3), $0[0].slice(axis: 0, 1..<5), $0[0].slice(axis: 0, 4..<5)], axis: 0)
    },
    OperationCase("every second element", [[3, 7]]) { $0[0].slice(axis: 1, 1..<7, step: 2) },
    OperationCase("one element of an axis", [[4, 3]], isBatched: false) { $0[0].element(2) },
    OperationCase("padded on both sides and between", [[3, 2]]) {
      $0[0].padded(axis: 0, before: 2, behind: 1, between: 1, with: 3)
    },
    OperationCase("reversed", [[3, 2]]) { $0[0].reversed(axis: 0) },
    OperationCase("concatenated along the last axis", [[3, 2], [3, 4]]) {
      Variable.concatenated([$0[0], $0[1], $0[0]])
    },
    OperationCase("stacked", [[3], [3]], isBatched: false) { Variable.stacked([$0[0], $0[1]], axis: 1) },
    OperationCase("spread over both", [[3, 1], [4]]) { $0[0] * $0[1] + $0[1] },
    OperationCase("spread in between", [[3, 1, 2], [4, 1]]) { $0[0] * $0[1] - $0[0] },
    OperationCase("spread, no batch", [[3, 1], [4]], isBatched: false) {
      $0[0] * $0[1] / ($0[1].map(.square) + 1)
    },
    OperationCase("chosen", [[3, 4], [4]]) {
      $0[0].selected(where: $0[1].isLess(than: $0[0]), otherwise: $0[1])
    },
    OperationCase("rows of a table", [[3]]) {
      let table = $0[0].graph.parameter([5, 2])
      let numbers = ($0[0].withoutDerivative().map(.magnitude) * 4).map(.relu)
      return table.gatheringRows(numbers.withoutDerivative() * 0 + 3)
    },
    OperationCase("rows of each sample's own table", [[4, 3]]) {
      $0[0].gatheringRows($0[0].graph.constant(2).spread(like: $0[0].element(0).element(0)))
    },
    OperationCase("samples as rows", [[3]]) {
      let rows = $0[0].samplesAsRows(count: 8)
      return rows.multiplied(by: rows, transposingSelf: true)
    },
  ]
}

@Suite("Every operation")
struct OperationTests {
  /// The operands, as parameters or (batched) products of parameters with a sample's input, and a number to derive.
  private func traced(_ operation: OperationCase) -> (graph: Graph, value: Variable) {
    let graph = Graph()
    let operands = operation.shapes.map { shape in
      guard operation.isBatched else { return graph.parameter(shape) }
      return graph.parameter([shape.count, 2]).matrixProduct(
        graph.input("x", [2]), startingAt: graph.parameter([shape.count])
      ).reshaped(to: shape)
    }
    return (graph, operation.body(operands))
  }

  private func number(_ value: Variable) -> Variable {
    // Weights that differ from element to element, so that exchanged elements are noticed.
    let weights = value.graph.constant(
      Tensor((0..<value.shape.count).map { 0.3 + 0.1 * Double($0 % 7) }, shape: value.shape))
    let sum = ((value * weights).map(.tanh) + 0.3 * value.map(.square)).summedOverElements()
    return sum.isBatched ? sum.summedOverSamples() : sum
  }

  private func parameters(_ graph: Graph) -> [Variable] {
    allVariables(graph).filter { if case .parameter = $0.node.operation { true } else { false } }
  }

  @Test("has derivatives that agree with central differences", arguments: OperationCase.all)
  func firstDerivatives(operation: OperationCase) {
    let (graph, value) = traced(operation)
    #expect(gradientError(of: 0.2 * number(value), withRespectTo: parameters(graph), batchSize: 8) < 1e-7)
  }

  @Test("has second derivatives that agree with central differences", arguments: OperationCase.all)
  func secondDerivatives(operation: OperationCase) {
    let (graph, value) = traced(operation)
    let parameters = parameters(graph)
    let slopes = (0.2 * number(value)).gradients(withRespectTo: parameters)
    let length = slopes.enumerated().map { index, slope in
      (slope.map(.tanh) * (0.5 + 0.1 * Double(index))).summedOverElements()
    }
    let sum = length.dropFirst().reduce(length[0]) { $0 + $1 }
    #expect(gradientError(of: 0.2 * sum, withRespectTo: parameters, batchSize: 8) < 1e-5)
  }

  @Test("computes what its definition says, in float near it", arguments: OperationCase.all)
  func values(operation: OperationCase) {
    let (graph, value) = traced(operation)
    _ = (0.2 * number(value)).gradients(withRespectTo: parameters(graph))
    let all = allVariables(graph)
    let double = Execution<Double>(graph, outputs: all, batchSize: 8)
    let float = Execution<Float>(graph, outputs: all, batchSize: 8)
    double.fill(graph, seed: 3)
    float.fill(graph, seed: 3)
    double.replay()
    float.replay()
    let interpreter = Interpreter(graph, samples: 8) { double.samples($0, of: all[$0], count: 8) }
    for (index, variable) in all.enumerated() {
      let found = double.samples(index, of: variable, count: 8).joined()
      for (a, b) in zip(found, interpreter.values[index].joined()) {
        #expect(abs(a - b) <= 1e-11 * max(1, abs(b)), "node \(index), \(graph.nodes[index].operation)")
      }
      if variable.index == value.index {
        for (a, b) in zip(float.samples(index, of: variable, count: 8).joined(), found) {
          #expect(abs(a - b) <= 1e-4 * max(1, abs(b)))
        }
      }
    }
  }

  @Test("pushes tangents forward as central differences do", arguments: OperationCase.all)
  func pushforward(operation: OperationCase) {
    let (graph, value) = traced(operation)
    let parameters = parameters(graph)
    let tangents = parameters.enumerated().map { index, parameter in
      (
        input: parameter,
        tangent: graph.constant(
          Tensor(
            (0..<parameter.shape.count).map { Double(($0 + index) % 3) - 0.7 }, shape: parameter.shape))
      )
    }
    let pushed = value.pushforward(tangents)
    let execution = Execution<Double>(graph, outputs: [pushed, value], batchSize: 8)
    execution.fill(graph, seed: 5)
    execution.replay()
    let exact = execution.samples(0, of: pushed, count: 8)
    func moved(_ step: Double) -> [[Double]] {
      execution.fill(graph, seed: 5)
      for (block, (_, tangent)) in tangents.enumerated() {
        guard case .tensor(let values) = tangent.node.operation else { continue }
        for (element, value) in values.enumerated() {
          execution.parameters.base[execution.program.parameters.offsets[block] + element] += step * value
        }
      }
      execution.replay()
      return execution.samples(1, of: value, count: 8)
    }
    let (ahead, behind) = (moved(1e-5), moved(-1e-5))
    for (sample, values) in exact.enumerated() {
      for (element, slope) in values.enumerated() {
        let difference = (ahead[sample][element] - behind[sample][element]) / 2e-5
        #expect(abs(difference - slope) <= 1e-6 * max(1, abs(slope)))
      }
    }
  }

  @Test("A product of the Hessian with a direction is the derivative of the gradient along it")
  func hessian() {
    let graph = Graph()
    let x = graph.parameter([3])
    let number = (x.map(.square) * x.reversed(axis: 0)).map(.tanh).summedOverElements()
    let direction = graph.constant(Tensor([1, -2, 0.5], shape: [3]))
    let product = number.hessianVectorProduct([(x, direction)])[0]
    let slope = (number.gradients(withRespectTo: [x])[0] * direction).summedOverElements()
    let execution = Execution<Double>(
      graph, outputs: [product], gradients: slope.gradients(withRespectTo: [x]), batchSize: 8)
    execution.fill(graph, seed: 1)
    execution.replay()
    #expect(sameBits(execution.output(0, count: 3), execution.gradient(0)))
    #expect(gradientError(of: slope, withRespectTo: [x], batchSize: 8) < 1e-7)
  }
}
