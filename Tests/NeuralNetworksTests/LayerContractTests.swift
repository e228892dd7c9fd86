import Autodiff
import Components
import Kernels
import NeuralNetworks
import Tensors
import Testing

/// An example of every layer: its settings as a recipe would give them, and the shape of a sample.
private struct LayerExample {
  var recipe: String
  var shape: Shape
}

@Suite("Every layer")
struct LayerContractTests {
  /// A layer of each kind with small sizes; a new layer needs an example here.
  static func example(_ name: String) -> (layer: any Layer, input: Shape)? {
    let image: Shape = [6, 5, 2]
    let sequence: Shape = [5, 4]
    switch name {
    case "dense": return (Dense(4, activation: .tanh), [3])
    case "conv1d": return (Convolution1D(3, kernel: 2, strides: 2, padding: .same, dilation: 2), sequence)
    case "conv2d": return (Convolution2D(3, kernel: [2, 3], strides: [2, 1], padding: .same), image)
    case "max-pool1d": return (Pooling(.maximum, size: [2]), sequence)
    case "max-pool2d": return (Pooling.max2D(2, strides: 1, padding: .same), image)
    case "average-pool1d": return (Pooling(.average, size: [3], strides: [2], padding: .same), sequence)
    case "average-pool2d": return (Pooling.average2D(3, strides: 2, padding: .same), image)
    case "global-max-pool": return (GlobalPooling(.maximum), image)
    case "global-average-pool": return (GlobalPooling(.average), sequence)
    case "flatten": return (Flatten(), image)
    case "reshape": return (Reshape([3, -1]), image)
    case "dropout": return (Dropout(0.4), [3])
    case "batch-norm": return (BatchNormalization(), sequence)
    case "layer-norm": return (LayerNormalization(), sequence)
    case "simple-rnn": return (SimpleRecurrent(3, returnsSequences: true), sequence)
    case "lstm": return (LongShortTermMemory(3), sequence)
    case "gru": return (GatedRecurrent(3, returnsSequences: true), sequence)
    case "bidirectional": return (Bidirectional(LongShortTermMemory(2, returnsSequences: true)), sequence)
    case "attention": return (MultiHeadAttention(heads: 2, keyUnits: 3, isCausal: true), sequence)
    case "residual": return (Residual([Dense(4, activation: .tanh), LayerNormalization()]), sequence)
    case "concat": return (Concatenation([[Dense(2)], [], [Dense(3), Dropout(0.2)]]), [4])
    case "mlp": return (MultilayerPerceptron(layers: 2, units: 4, activation: .elu, dropout: 0.1), [3])
    case "repeat": return (Repetition(times: 2, [Dense(3, activation: .sigmoid)]), [3])
    case "activation": return (ActivationLayer(.softsign), [3])
    case "sequential":
      return (
        Sequential {
          Dense(3, activation: .tanh); Dense(2)
        }, [3]
      )
    case "embedding": return (Embedding(4, units: 3), [5])
    case "recursive":
      return (Recursive(vocabulary: 4, units: 3, merge: [Dense(3, activation: .tanh)]), [3, 3])
    default: return nil
    }
  }

  @Test("reads back from its recipe as it was written", arguments: Layers.catalog.names)
  func recipes(name: String) throws {
    let (layer, _) = try #require(Self.example(name))
    let back = try Layers.catalog.decode(layer.recipe)
    #expect(back.name == name && back.recipe.recipeText == layer.recipe.recipeText)
  }

  @Test("has a summary and the parameters of its blocks", arguments: Layers.catalog.names, [true, false])
  func summaries(name: String, isTraining: Bool) throws {
    let (layer, input) = try #require(Self.example(name))
    let traced = try Sequential([layer]).traced(for: input, isTraining: isTraining)
    let summary = try Sequential([layer]).summary(for: input)
    #expect(summary.rows[0].name == name && summary.rows[0].shape == traced.output.shape)
    #expect(Set(traced.trace.blocks.map(\.name)).count == traced.trace.blocks.count)
    let trained = traced.trace.blocks.filter(\.isTrained).reduce(0) { $0 + $1.shape.count }
    #expect(summary.parameterCount == trained)
    #expect("\(summary)".contains("\(trained)"))
  }

  @Test("has derivatives that agree with central differences", arguments: Layers.catalog.names)
  func derivatives(name: String) throws {
    let (layer, input) = try #require(Self.example(name))
    // What goes in depends on parameters too, but for layers that take whole numbers.
    let takesNumbers = ["embedding", "recursive"].contains(name)
    let front: [any Layer] =
      takesNumbers ? [] : [Dense(input.count, activation: .sigmoid), Reshape(input.dimensions)]
    let network = Sequential(front + [layer, Flatten(), Dense(2)])
    let traced = try network.traced(for: takesNumbers ? input : [3], isTraining: true)
    let trace = traced.trace
    let loss = (traced.output.map(.square).summedOverElements() * trace.share).summedOverSamples()
    let trained = trace.parameters.indices.filter { trace.blocks[$0].isTrained }
    var gradients = [Variable?](repeating: nil, count: trace.parameters.count)
    for (block, derivative) in zip(
      trained, loss.gradients(withRespectTo: trained.map { trace.parameters[$0] }))
    {
      gradients[block] = derivative
    }
    let program = Planner.program(
      for: trace, outputs: [loss], gradients: gradients, batchSize: 8, of: Double.self)
    let memory = WorkMemory<Double>(count: program.parameters.storageCount)
    let slopes = WorkMemory<Double>(count: program.parameters.storageCount)
    let run = ProgramRun(
      program, parameters: memory, gradients: slopes, dropoutKeys: [UInt64](repeating: 9, count: 9))
    var stream = RandomStream(seed: 3, .weights)
    let places = trained.flatMap { block in
      (0..<trace.blocks[block].shape.count).map { program.parameters.offsets[block] + $0 }
    }
    for place in places { memory.base[place] = stream.uniform(-1, 1) }
    let x = try #require(run.input("x"))
    for index in 0..<traced.input.shape.count * 8 {
      x[index] = takesNumbers ? number(name, index / 8, index % 8) : stream.uniform(-1, 1)
    }
    if let share = run.input("share") { for lane in 0..<8 { share[lane] = lane < 6 ? 1.0 / 6 : 0 } }
    func value(_ place: Int, _ step: Double) -> Double {
      let old = memory.base[place]
      defer { memory.base[place] = old }
      memory.base[place] = old + step
      run.replay(step: 1)
      return run.output(0)[0]
    }
    run.replay(step: 1)
    let size = abs(run.output(0)[0])
    let exact = places.map { slopes.base[$0] }
    for (place, derivative) in zip(places, exact) {
      let slope = (value(place, 1e-5) - value(place, -1e-5)) / 2e-5
      #expect(abs(slope - derivative) < 1e-7 * max(1, abs(derivative), size))
    }
    #expect(exact.contains { $0 != 0 })
  }

  /// A whole number for a layer that takes them: tokens, or trees of two leaves and a root.
  private func number(_ name: String, _ element: Int, _ sample: Int) -> Double {
    guard name == "recursive" else { return Double((element + sample) % 4) }
    let (node, part) = (element / 3, element % 3)
    if part == 0 { return Double((node + sample) % 4) }
    return node < 2 ? -1 : Double((part + sample) % 2)
  }

  @Test("that cannot take its input says what it needs")
  func shapesRefused() {
    func error(_ layers: [any Layer], _ input: Shape) -> String {
      do {
        _ = try Sequential(layers).traced(for: input)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(
      error([Dense(3), Convolution2D(4, kernel: 3)], [28, 28])
        == "layer 2, conv2d, needs images of height × width × channels, but gets a value of shape 28 × 3 "
        + "(put reshape([28, 3, 1]) before it)")
    #expect(error([LongShortTermMemory(3)], [5]).contains("layer 1, lstm, needs sequences"))
    #expect(
      error([Residual([Dense(3)])], [5]).contains("layer 1, residual, needs layers that keep the shape"))
    #expect(error([Residual([Convolution1D(2, kernel: 9)])], [5, 1]).contains("layer 1.1, conv1d"))
    #expect(error([Reshape([4, 4])], [5]).contains("needs 16 numbers in all"))
    #expect(error([], [5]) == "the network has no layers")
  }

  @Test("LeNet has 44426 parameters")
  func leNet() throws {
    let network = Sequential {
      Convolution2D(6, kernel: 5, activation: .relu); Pooling.max2D()
      Convolution2D(16, kernel: 5, activation: .relu); Pooling.max2D(); Flatten()
      Dense(120, activation: .relu); Dense(84, activation: .relu); Dense(10)
    }
    #expect(try network.parameterCount(for: [28, 28, 1]) == 44_426)
    #expect(
      try Sequential([LongShortTermMemory(32)]).parameterCount(for: [24, 3]) == 4 * (3 * 32 + 32 * 32 + 32))
    #expect(try Sequential([GatedRecurrent(32)]).parameterCount(for: [24, 3]) == 3 * (3 * 32 + 32 * 32 + 64))
  }
}
