import Autodiff
import Kernels
import Tensors
import Testing

@Suite("Derivatives")
struct DerivativeTests {
  private static let tolerance = 1e-7

  /// An operand of a broadcast: what it has a value for.
  enum Spread: CaseIterable { case full, perSample, perElement, single }

  /// A value that depends on parameters of its own.
  private func operand(_ spread: Spread, _ graph: Graph) -> (value: Variable, parameters: [Variable]) {
    let x = graph.input("x", [2])
    switch spread {
    case .full:
      let parameters = [graph.parameter([3, 2]), graph.parameter([3])]
      return (parameters[0].matrixProduct(x, startingAt: parameters[1]), parameters)
    case .perSample:
      let weights = graph.parameter([4, 2])
      return (weights.matrixProduct(x).map(.square).summedOverElements(), [weights])
    case .perElement:
      let vector = graph.parameter([3])
      return (vector, [vector])
    case .single:
      let number = graph.parameter([])
      return (number, [number])
    }
  }

  private func total(_ value: Variable) -> Variable {
    let squares = value.map(.square).summedOverElements()
    return squares.isBatched ? squares.summedOverSamples() : squares
  }

  @Test(
    "of every function of one variable agree with central differences", arguments: ElementFunction.allCases)
  func elementFunctions(function: ElementFunction) {
    for spread in Spread.allCases {
      let graph = Graph()
      let (value, parameters) = operand(spread, graph)
      // Logarithms, roots and reciprocals need a positive argument.
      let argument = value.map(.square) + graph.constant(0.3)
      let isRestricted = [.logarithm, .squareRoot, .reciprocal].contains(function)
      let number = total((isRestricted ? argument : value).map(function))
      #expect(gradientError(of: number, withRespectTo: parameters) < Self.tolerance, "\(spread)")
    }
  }

  @Test("of every function of two variables agree, whatever is spread", arguments: BinaryFunction.allCases)
  func binaryFunctions(function: BinaryFunction) {
    for first in Spread.allCases {
      for second in Spread.allCases {
        let graph = Graph()
        let (a, aParameters) = operand(first, graph)
        let (b, bParameters) = operand(second, graph)
        let divisor = b.map(.square) + graph.constant(0.5)
        // Powers need a positive base.
        let base = function == .power ? a.map(.square) + 0.5 : a
        let number = total(base.combine(function, divisor))
        #expect(
          gradientError(
            of: number, withRespectTo: aParameters + bParameters, batchSize: Self.batchSize(function))
            < Self.tolerance,
          "\(first) and \(second)")
      }
    }
  }

  /// Functions with a kink get few samples, none of which lies within a step of it.
  private static func batchSize(_ function: BinaryFunction) -> Int {
    [.maximum, .minimum, .less, .equal].contains(function) ? 4 : 16
  }

  @Test("of sums that are lazily spread agree", arguments: BinaryFunction.allCases)
  func plainSums(function: BinaryFunction) {
    for first in Spread.allCases {
      for second in Spread.allCases {
        let graph = Graph()
        let (a, aParameters) = operand(first, graph)
        let (b, bParameters) = operand(second, graph)
        let base = function == .power ? a.map(.square) + 0.5 : a
        let value = base.combine(function, b.map(function == .power ? .tanh : .exponential))
          .summedOverElements()
        let number = value.isBatched ? value.summedOverSamples() : value
        #expect(
          gradientError(of: number, withRespectTo: aParameters + bParameters) < Self.tolerance,
          "\(first) and \(second)")
      }
    }
  }

  /// A network with two hidden layers.
  private func network(_ activation: ElementFunction, _ graph: Graph, outputs: Int) -> (Variable, [Variable])
  {
    let shapes: [Shape] = [[5, 3], [5], [4, 5], [4], [outputs, 4], [outputs]]
    let parameters = shapes.map { graph.parameter($0) }
    var value = graph.input("x", [3])
    for layer in 0..<3 {
      value = parameters[2 * layer].matrixProduct(value, startingAt: parameters[2 * layer + 1])
      if layer < 2 { value = value.map(activation) }
    }
    return (value, parameters)
  }

  private static let activations: [ElementFunction] = [.identity, .relu, .tanh, .sigmoid, .exponential]

  private func squaredLoss(_ output: Variable) -> Variable {
    let difference = output - output.graph.input("target", output.shape)
    return (0.25 * difference.map(.square).summedOverElements()).summedOverSamples()
  }

  private func crossEntropy(_ output: Variable) -> Variable {
    let target = output.graph.input("target", output.shape).softmax()
    return (0.5 * output.softmaxCrossEntropy(target)).summedOverSamples()
  }

  @Test("of networks agree for squared losses and cross-entropy", arguments: activations)
  func networks(activation: ElementFunction) {
    for loss in [squaredLoss, crossEntropy] {
      let graph = Graph()
      let (output, parameters) = network(activation, graph, outputs: 3)
      #expect(gradientError(of: loss(output), withRespectTo: parameters, batchSize: 24) < Self.tolerance)
    }
  }

  @Test("of softmax agree")
  func softmax() {
    let graph = Graph()
    let (output, parameters) = network(.tanh, graph, outputs: 4)
    let weighted = (output.softmax() * graph.input("target", [4])).summedOverElements().summedOverSamples()
    #expect(gradientError(of: weighted, withRespectTo: parameters) < Self.tolerance)
  }

  @Test("of derivatives agree: the squared length of a gradient", arguments: activations)
  func secondDerivatives(activation: ElementFunction) {
    for loss in [squaredLoss, crossEntropy] {
      let graph = Graph()
      let (output, parameters) = network(activation, graph, outputs: 2)
      let gradients = (0.1 * loss(output)).gradients(withRespectTo: parameters)
      let length = gradients.map { $0.map(.square).summedOverElements() }.reduce(graph.constant(0), +)
      #expect(gradientError(of: length, withRespectTo: parameters, batchSize: 8) < Self.tolerance)
    }
  }

  @Test("with respect to a network's input agree with a network of it: a differential equation's loss")
  func inputDerivatives() {
    let graph = Graph()
    let (output, parameters) = network(.tanh, graph, outputs: 1)
    let slope = output.summedOverElements().summedOverSamples().gradients(withRespectTo: [
      graph.input("x", [3])
    ])[0]
    let residual = (slope - graph.constant(0.5)).map(.square).summedOverElements().summedOverSamples()
    #expect(gradientError(of: residual, withRespectTo: parameters, batchSize: 8) < Self.tolerance)
  }

  @Test("of tanh are its polynomials in itself, up to the fourth")
  func repeatedDerivatives() throws {
    let graph = Graph()
    let x = graph.input("x", [1])
    let y = x.map(.tanh)
    var derivatives: [Variable] = [y]
    for _ in 0..<4 {
      let sum = try #require(derivatives.last).summedOverElements().summedOverSamples()
      derivatives.append(sum.gradients(withRespectTo: [x])[0])
    }
    let execution = Execution<Double>(graph, outputs: derivatives, batchSize: 16)
    execution.fill(graph, seed: 4)
    execution.replay()
    let values = derivatives.indices.map { execution.output($0, count: 16) }
    for sample in 0..<16 {
      let t = values[0][sample]
      let slope = 1 - t * t
      let expected = [
        t, slope, -2 * t * slope, slope * (6 * t * t - 2), slope * t * (16 - 24 * t * t),
      ]
      for order in 0...4 { #expect(abs(values[order][sample] - expected[order]) < 1e-13) }
    }
  }

  @Test("of what a number does not depend on are zero")
  func independence() {
    let graph = Graph()
    let (used, unused) = (graph.parameter([3]), graph.parameter([2, 2]))
    let number = used.map(.square).summedOverElements()
    let execution = Execution<Double>(
      graph, outputs: [number], gradients: number.gradients(withRespectTo: [used, unused]), batchSize: 8)
    execution.fill(graph, seed: 1)
    execution.replay()
    #expect(execution.gradient(1) == [0, 0, 0, 0])
    #expect(execution.gradient(0) == (0..<3).map { 2 * execution.parameters.base[$0] })
  }
}
