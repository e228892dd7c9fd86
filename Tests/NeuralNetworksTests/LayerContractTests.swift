import Autodiff
import Components
import Kernels
import NeuralNetworks
import Tensors
import Testing

@Suite("Every layer")
struct LayerContractTests {
  /// A layer of each kind with small sizes.
  private func layer(_ name: String) throws -> any Layer {
    func scalar(_ text: String) -> RecipeNode { RecipeNode(.scalar(text, isQuoted: false), at: place) }
    // A new layer needs an example here.
    let examples = ["dense": ["4", "tanh"], "dropout": ["0.4"]]
    let arguments = try #require(examples[name]).map {
      RecipeNode.Argument(label: nil, position: place, value: scalar($0))
    }
    return try Layers.catalog.decode(RecipeNode(.call(name: name, arguments: arguments), at: place))
  }

  private let place = SourcePosition(file: "test", line: 1)

  @Test("has the shape and the parameters that it declares", arguments: Layers.catalog.names, [true, false])
  func shapes(name: String, isTraining: Bool) throws {
    let layer = try layer(name)
    let graph = Graph()
    let x = graph.input("x", [3])
    let parameters = layer.parameters(for: [3]).map { graph.parameter($0.shape) }
    let output = layer.trace(x, parameters: parameters, isTraining: isTraining)
    #expect(output.shape == (try layer.outputShape(for: [3], number: 0)) && output.isBatched)
    #expect(layer.name == name)
    for block in layer.parameters(for: [3]) where block.shape.rank == 2 { #expect(block.fans != nil) }
  }

  @Test("has derivatives that agree with central differences", arguments: Layers.catalog.names)
  func derivatives(name: String) throws {
    let network = Sequential([Dense(5, activation: .sigmoid), try layer(name), Dense(2)])
    let graph = Graph()
    let (output, parameters) = try network.trace(graph.input("x", [3]), isTraining: true)
    let loss = output.map(.square).summedOverElements().summedOverSamples()
    let program = Planner.program(
      for: graph, outputs: [loss], gradients: loss.gradients(withRespectTo: parameters), batchSize: 8,
      of: Double.self)
    let memory = WorkMemory<Double>(count: program.parameters.storageCount)
    let gradients = WorkMemory<Double>(count: program.parameters.storageCount)
    let run = ProgramRun(program, parameters: memory, gradients: gradients, dropoutKeys: [9, 9, 9])
    var stream = RandomStream(seed: 3, .weights)
    let places = zip(program.parameters.offsets, program.parameters.shapes).flatMap { offset, shape in
      (0..<shape.count).map { offset + $0 }
    }
    for place in places { memory.base[place] = stream.uniform(-1, 1) }
    let x = try #require(run.input("x"))
    for index in 0..<24 { x[index] = stream.uniform(-1, 1) }
    func value(_ place: Int, _ step: Double) -> Double {
      let old = memory.base[place]
      defer { memory.base[place] = old }
      memory.base[place] = old + step
      run.replay(step: 1)
      return run.output(0)[0]
    }
    run.replay(step: 1)
    let exact = places.map { gradients.base[$0] }
    for (place, derivative) in zip(places, exact) {
      let slope = (value(place, 1e-5) - value(place, -1e-5)) / 2e-5
      #expect(abs(slope - derivative) < 1e-7 * max(1, abs(derivative)))
    }
    #expect(exact.contains { $0 != 0 })
  }

  @Test("A layer that takes vectors refuses other shapes")
  func shapesRefused() {
    #expect(throws: NetworkError.inputNotVector(layer: "dense", number: 2, shape: [4, 4])) {
      try Dense(3).outputShape(for: [4, 4], number: 2)
    }
  }
}
