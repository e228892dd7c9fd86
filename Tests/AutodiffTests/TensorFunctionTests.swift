import Autodiff
import Tensors
import Testing

@Suite("Functions of tensors")
struct TensorFunctionTests {
  private let rosenbrock = TensorFunction { x in
    let (a, b) = (x[0].element(0), x[0].element(1))
    return (1 - a).raised(to: 2) + 100 * (b - a * a).raised(to: 2)
  }
  private let point = Tensor<Double>([-1, 2], shape: [2])

  @Test("have the value and gradient of Rosenbrock's valley")
  func gradient() {
    let (value, gradients) = rosenbrock.valueAndGradient(at: [point])
    // (1 − a)² + 100 (b − a²)² and its derivatives at (−1, 2)
    #expect(value.elements == [104] && gradients[0].elements == [396, 200])
    #expect(rosenbrock(point).elements == [104])
  }

  @Test("have its matrix of second derivatives")
  func hessian() {
    func column(_ tangent: [Double]) -> [Double] {
      rosenbrock.hessianVectorProduct(at: [point], along: [Tensor(tangent, shape: [2])])[0].elements
    }
    // 2 − 400 b + 1200 a² = 402, −400 a = 400, 200
    #expect(column([1, 0]) == [402, 400] && column([0, 1]) == [400, 200])
  }

  @Test("forward and reverse mode give the same matrix of derivatives")
  func modes() {
    let function = TensorFunction { x in x[0].multiplied(by: x[1]).map(.tanh).sum(axes: [1]) }
    let a = Tensor<Double>((0..<6).map { 0.1 * Double($0) }, shape: [2, 3])
    let b = Tensor<Double>((0..<12).map { 0.3 - 0.05 * Double($0) }, shape: [3, 4])
    let tangents = [
      Tensor<Double>((0..<6).map { Double($0 % 2) }, shape: [2, 3]),
      Tensor<Double>((0..<12).map { Double($0 % 3) - 1 }, shape: [3, 4]),
    ]
    let upstream = Tensor<Double>([0.7, -1.3], shape: [2])
    let forward = function.pushforward(at: [a, b], along: tangents)
    let backward = function.pullback(at: [a, b], of: upstream)
    func product(_ first: Tensor<Double>, _ second: Tensor<Double>) -> Double {
      zip(first.elements, second.elements).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let expected = product(backward[0], tangents[0]) + product(backward[1], tangents[1])
    #expect(abs(product(forward, upstream) - expected) < 1e-14)
  }
}

@Suite("The structure of a graph")
struct StructureTests {
  private func traced(_ width: Int, unused: Bool = false) -> (Graph, Variable) {
    let graph = Graph()
    let x = graph.input("x", [3])
    if unused { _ = x.map(.exponential) }
    return (graph, graph.parameter([width, 3]).matrixProduct(x).map(.tanh).summedOverElements() * 0.5)
  }

  @Test("has a hash that stays the same from run to run and from machine to machine")
  func hashes() {
    let (graph, value) = traced(4)
    let hash = graph.structuralHash(of: [value])
    #expect(hash == "4ee798d8571aca2f230b55f879a942a39ff94a972bb3c5437da5316af137dd80")
    let (other, otherValue) = traced(4, unused: true)
    #expect(other.structuralHash(of: [otherValue]) == hash)
    let (wider, widerValue) = traced(5)
    #expect(wider.structuralHash(of: [widerValue]) != hash)
  }

  @Test("shares programs, whoever traced it")
  func sharing() {
    let store = ProgramStore(capacity: 2)
    func program(_ width: Int, _ batchSize: Int = 16) -> Program<Float> {
      let (graph, value) = traced(width)
      return store.program(for: graph, outputs: [value], batchSize: batchSize, of: Float.self)
    }
    let first = program(4)
    #expect(program(4) === first && program(4, 32) !== first && store.count == 2)
    #expect(program(7) !== first && store.count == 1)
  }
}
