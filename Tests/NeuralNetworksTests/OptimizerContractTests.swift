import Components
import Kernels
import NeuralNetworks
import Tensors
import Testing

@Suite("Every optimizer")
struct OptimizerContractTests {
  private func optimizer(_ text: String) throws -> any Optimizer {
    try Optimizers.catalog.decode(
      RecipeNode(.scalar(text, isQuoted: false), at: SourcePosition(file: "test", line: 1)))
  }

  /// Parameters after some steps on gradients that a function gives.
  private func run(
    _ optimizer: any Optimizer, from start: [Double], steps: Int, _ gradient: ([Double]) -> [Double]
  ) -> [Double] {
    let count = Double.groups(for: start.count) * Double.laneCount
    let (parameters, gradients) = (WorkMemory<Double>(count: count), WorkMemory<Double>(count: count))
    let state = WorkMemory<Double>(count: count * max(optimizer.stateCount, 1))
    for (index, value) in start.enumerated() { parameters.base[index] = value }
    for step in 1...steps {
      let now = start.indices.map { parameters.base[$0] }
      for (index, value) in gradient(now).enumerated() { gradients.base[index] = value }
      optimizer.step(
        ParameterUpdate(
          parameters: parameters.base, gradients: gradients.base, state: state.base, count: count, step: step)
      )
    }
    return withExtendedLifetime((parameters, gradients, state)) { start.indices.map { parameters.base[$0] } }
  }

  private let bowl: ([Double]) -> [Double] = { zip($0, [1, 4, 0.5]).map { ($0 - 1) * $1 } }

  @Test("finds the bottom of a bowl", arguments: Optimizers.catalog.names)
  func bowl(name: String) throws {
    var optimizer = try optimizer(name)
    optimizer.learningRate = 0.05
    let end = run(optimizer, from: [5, -3, 2], steps: 800, bowl)
    for value in end { #expect(abs(value - 1) < 1e-3) }
  }

  @Test("moves nothing at a vanishing step size", arguments: Optimizers.catalog.names)
  func vanishingRate(name: String) throws {
    var optimizer = try optimizer(name)
    optimizer.learningRate = 1e-30
    #expect(run(optimizer, from: [5, -3, 2], steps: 5, bowl) == [5, -3, 2])
  }

  @Test("takes the same steps again, in float too", arguments: Optimizers.catalog.names)
  func deterministic(name: String) throws {
    let optimizer = try optimizer(name)
    #expect(
      run(optimizer, from: [5, -3, 2], steps: 9, bowl) == run(optimizer, from: [5, -3, 2], steps: 9, bowl))
    #expect(run(optimizer, from: [5, -3, 2], steps: 9, bowl) != [5, -3, 2])
  }

  /// The single steps of Keras' optimizer tests: rate 0.5, parameters 1 to 4, gradients 1, 6, 7, 2.
  @Test("takes Keras' first step")
  func firstSteps() {
    let steps: [(any Optimizer, [Double])] = [
      (.sgd(learningRate: 0.5), [0.5, -1, -0.5, 3]), (.adam(learningRate: 0.5), [0.5, 1.5, 2.5, 3.5]),
    ]
    for (optimizer, expected) in steps {
      let found = run(optimizer, from: [1, 2, 3, 4], steps: 1) { _ in [1, 6, 7, 2] }
      for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-4) }
    }
  }
}
