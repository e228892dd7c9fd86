import Autodiff
import Components
import Datasets
import Foundation
import NeuralNetworks
import Tensors
import Testing

/// A model with what our network gives; `Tests/Peers/onnx_check.py` compares it with what onnxruntime gives.
private struct ONNXCase: Codable, Equatable {
  var name: String
  /// The bytes of the model.
  var model: Data
  /// The shape of the samples, their number first.
  var shape: [Int]
  var inputs: [Double]
  var outputs: [Double]
}

/// A network to be exported.
private struct Exported {
  var name: String
  var layers: [any Layer]
  var input: Shape
  var loss: any Loss = MeanSquaredError()
  var precision = Precision.float

  static var all: [Exported] { layers + functions + images + sequences + losses }

  /// Every layer of the catalog that ONNX can express.
  private static var layers: [Exported] {
    Layers.catalog.names.filter { $0 != "recursive" }.compactMap { name in
      LayerContractTests.example(name).map { Exported(name: name, layers: [$0.layer], input: $0.input) }
    }
  }

  /// Every activation, alone and behind the sums of a layer.
  private static var functions: [Exported] {
    Activation.allCases.flatMap { function in
      [
        Exported(name: "\(function.rawValue)", layers: [ActivationLayer(function)], input: [4]),
        Exported(
          name: "conv1d-\(function.rawValue)",
          layers: [Convolution1D(4, kernel: 2, activation: function, hasBias: false)], input: [3, 2]),
      ]
    }
  }

  private static var images: [Exported] {
    [
      Exported(
        name: "network-of-images",
        layers: [
          Convolution2D(3, kernel: 3, padding: .same, activation: .relu), Pooling.max2D(),
          Convolution2D(4, kernel: [2], strides: [1], dilation: [2], activation: .tanh),
          BatchNormalization(), Pooling.average2D(2, strides: 1, padding: .same), GlobalPooling(.average),
          Dense(3),
        ], input: [8, 7, 2], precision: .double),
      Exported(
        name: "wide-strides",
        layers: [Convolution2D(2, kernel: [1, 4], strides: [3, 3], padding: .same), Flatten()],
        input: [5, 7, 1]),
      Exported(name: "nothing", layers: [Dropout(0.5)], input: [3]),
      Exported(
        name: "dense-without-bias",
        layers: [Dense(2, hasBias: false), Reshape([1, 2]), Dense(3, hasBias: false)],
        input: [3]),
      Exported(
        name: "branches",
        layers: [
          Residual([Sequential([Dense(4, activation: .silu)])]),
          Concatenation([[Repetition(times: 2, [Dense(3)])], []]),
          MultilayerPerceptron(layers: 2, units: 3, dropout: 0.1),
        ], input: [4]),
    ]
  }

  private static var sequences: [Exported] {
    let functions: [Activation] = [
      .linear, .relu, .leakyRelu, .elu, .softplus, .softsign, .sigmoid, .hardSigmoid,
    ]
    let cells: [(String, any RecurrentLayer)] = [
      ("rnn", SimpleRecurrent(3)), ("lstm", LongShortTermMemory(3)), ("gru", GatedRecurrent(3)),
    ]
    var recurrent = cells.flatMap { name, cell in
      [false, true].flatMap { returnsSequences in
        var cell = cell
        cell.returnsSequences = returnsSequences
        let ending = returnsSequences ? "-sequences" : ""
        return [
          Exported(name: name + "-forward" + ending, layers: [cell], input: [4, 2]),
          Exported(name: name + "-both" + ending, layers: [Bidirectional(cell)], input: [4, 2]),
        ]
      }
    }
    recurrent += functions.map {
      Exported(
        name: "rnn-\($0.rawValue)",
        layers: [Bidirectional(SimpleRecurrent(3, activation: $0, returnsSequences: true))], input: [4, 2])
    }
    return recurrent + [
      Exported(
        name: "stacked",
        layers: [
          Embedding(5, units: 3), LongShortTermMemory(3, returnsSequences: true),
          MultiHeadAttention(heads: 2, keyUnits: 2), LayerNormalization(), GatedRecurrent(2), Dense(1),
        ], input: [6]),
      Exported(
        name: "convolved",
        layers: [
          Convolution1D(3, kernel: 3, strides: 2, padding: .same, activation: .gelu),
          Pooling(.maximum, size: [2], strides: [1], padding: .same), GlobalPooling(.maximum),
        ], input: [9, 2]),
    ]
  }

  /// Losses whose predictions are not the output itself.
  private static var losses: [Exported] {
    let losses: [any Loss] = [
      Poisson(), KullbackLeibler(), GaussianNegativeLogLikelihood(), BinaryCrossEntropy(), Hinge(),
    ]
    return losses.map { loss in
      let units = loss is BinaryCrossEntropy || loss is Hinge ? 1 : 4
      return Exported(name: "loss-\(loss.name)", layers: [Dense(units)], input: [3], loss: loss)
    }
  }

  /// Samples of numbers from −2 to 2 that take few digits, of whole numbers, or of trees without branches.
  private func samples(_ count: Int) -> Tensor<Double> {
    var stream = RandomStream(seed: 6, .data)
    let values = (0..<count * input.count).map { index in
      switch layers.first {
      case is Embedding: Double(stream.integer(below: 4))
      case is Recursive: index % 3 == 0 ? Double(stream.integer(below: 4)) : -1
      default: stream.uniform(-128, 128).rounded() / 64
      }
    }
    return Tensor(values, shape: Shape([count] + input.dimensions))
  }

  /// A network with parameters and states that are all different.
  func trained() throws -> TrainedNetwork {
    let network = Sequential(layers)
    let outputs = try network.outputCount(for: input)
    let targets = loss is GaussianNegativeLogLikelihood ? outputs / 2 : outputs
    let data = Dataset(
      features: (0..<input.count).map { .init(name: "x\($0)") }, inputs: samples(4),
      targets: .values(
        Tensor(repeating: 0.25, shape: [4, targets]), names: (0..<targets).map { "y\($0)" }))
    let settings = TrainingSettings(
      loss: loss, optimizer: .sgd(learningRate: 1e-9), epochs: 1, precision: precision)
    let trained = try Trainer(settings).fit(network, training: data, key: FitKey(seed: 1))
    var weights = trained.weights
    var stream = RandomStream(seed: 7, .weights)
    for index in weights.entries.indices {
      // Variances are positive.
      let low = weights.entries[index].name.hasSuffix("running-variance") ? 0.5 : -0.8
      weights.entries[index].values = .float(
        (0..<weights.entries[index].shape.count).map { _ in Float(stream.uniform(low, 0.9)) })
    }
    return try trained.replacing(weights: weights)
  }

  func result() throws -> ONNXCase {
    let network = try trained()
    let inputs = samples(3)
    return ONNXCase(
      name: name, model: Data(try network.onnx()), shape: inputs.shape.dimensions, inputs: inputs.elements,
      outputs: network.predict(inputs).elements)
  }
}

@Suite("Models in ONNX")
struct ONNXTests {
  /// The models of the fixture have been compared with onnxruntime; ours have their bytes.
  @Test("have the bytes that onnxruntime has run, and our outputs")
  func bytes() throws {
    let found = try Exported.all.map { try $0.result() }
    if let path = ProcessInfo.processInfo.environment["LECTERN_WRITE_ONNX_FIXTURE"] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      try encoder.encode(found).write(to: URL(fileURLWithPath: path))
    }
    let expected: [ONNXCase] = try Fixture.load("onnx")
    #expect(found.map(\.name) == expected.map(\.name))
    for (found, expected) in zip(found, expected) {
      #expect(found == expected, "\(found.name)")
    }
  }

  @Test("have no operator for trees, code, and some functions of recurrent layers")
  func refused() throws {
    struct Own: Module {
      func callAsFunction(_ x: Variable) throws -> Variable { x }
    }
    struct OwnLoss: Loss {
      var name: String { "own" }
      var targets: LossTargets { .values }
      func perSample(_ output: Variable, _ target: Variable) -> Variable {
        (output - target).map(.square).summedOverElements()
      }
      func predictions(_ output: Variable) -> Variable { output.map(.sine) }
    }
    func error(
      _ layers: [any Layer], _ input: Shape, loss: any Loss = MeanSquaredError()
    ) throws -> NetworkError? {
      let network = try Exported(name: "", layers: layers, input: input, loss: loss).trained()
      return #expect(throws: NetworkError.self) { try network.onnx() }
    }
    #expect(try error([Dense(2), Own()], [2]) == .notExportable(layer: "Own", format: "ONNX"))
    #expect(
      try error([Residual([Dense(2), Own()])], [2]) == .notExportable(layer: "Own", format: "ONNX"))
    #expect(
      try error([SimpleRecurrent(2, activation: .gelu)], [3, 2])
        == .notExportable(layer: "simple-rnn", format: "ONNX"))
    #expect(
      try error([Bidirectional(SimpleRecurrent(2, activation: .gelu))], [3, 2])
        == .notExportable(layer: "simple-rnn", format: "ONNX"))
    #expect(
      try error([Recursive(vocabulary: 4, units: 2, merge: [Dense(2)])], [3, 3])
        == .notExportable(layer: "recursive", format: "ONNX"))
    #expect(
      try error([Dense(1)], [2], loss: OwnLoss()) == .notExportable(layer: "own", format: "ONNX"))
  }

  @Test("have the operators of each layer, and the same bytes again", arguments: Layers.catalog.names)
  func operators(name: String) throws {
    guard name != "recursive" else { return }
    let (layer, input) = try #require(LayerContractTests.example(name))
    let network = try Exported(name: name, layers: [layer], input: input).trained()
    let bytes = try network.onnx()
    #expect(try network.onnx() == bytes)
    let graph = try #require(try DecodedMessage(bytes).messages(7).first)
    let kinds = try graph.messages(1).map { try #require($0.texts(4).first) }
    // What only moves numbers to other places is left out.
    let moving: Set<String> = ["Transpose", "Reshape", "Flatten", "Identity"]
    #expect(kinds.filter { !moving.contains($0) } == Self.operators(of: name))
    for field in [11, 12] {
      // The type of a value, of a tensor, its shape, and the name of its first size.
      let tensor = try graph.messages(field).first?.messages(2).first?.messages(1).first
      #expect(try tensor?.messages(2).first?.messages(1).first?.texts(2) == ["batch"])
    }
  }

  /// The operators that compute in the example of a layer; a new layer needs its own here.
  private static func operators(of name: String) -> [String]? {
    let product = ["MatMul", "Add"]
    return switch name {
    case "dense": ["Gemm", "Tanh"]
    case "conv1d", "conv2d": ["Conv"]
    case "max-pool1d", "max-pool2d": ["MaxPool"]
    case "average-pool1d", "average-pool2d": ["AveragePool"]
    case "global-max-pool": ["ReduceMax"]
    case "global-average-pool": ["ReduceMean"]
    case "flatten", "reshape", "dropout": []
    case "batch-norm": ["Sub", "Mul", "Add"]
    case "layer-norm": ["LayerNormalization"]
    case "embedding": ["Cast", "Gather"]
    case "simple-rnn": ["RNN"]
    case "lstm", "bidirectional": ["LSTM"]
    case "gru": ["GRU"]
    case "attention":
      product + ["Mul"] + product + product + ["MatMul", "Add", "Softmax", "MatMul"] + product
    case "residual": ["MatMul", "Add", "Tanh", "LayerNormalization", "Add"]
    case "concat": ["Gemm", "Gemm", "Concat"]
    case "mlp": ["Gemm", "Elu", "Gemm", "Elu"]
    case "repeat": ["Gemm", "Sigmoid", "Gemm", "Sigmoid"]
    case "activation": ["Softsign"]
    case "sequential": ["Gemm", "Tanh", "Gemm"]
    default: nil
    }
  }

  @Test("need no transposition between convolutions and poolings")
  func transpositions() throws {
    let layers: [any Layer] = [
      Convolution2D(2, kernel: 2, activation: .relu), Pooling.max2D(), Convolution2D(2, kernel: 2),
    ]
    let network = try Exported(name: "", layers: layers, input: [8, 8, 1]).trained()
    let model = try DecodedMessage(try network.onnx())
    let graph = try #require(model.messages(7).first)
    let kinds = try graph.messages(1).map { try #require($0.texts(4).first) }
    #expect(kinds == ["Transpose", "Conv", "Relu", "MaxPool", "Conv", "Transpose", "Flatten"])
    #expect(model.integers(1) == [8] && model.texts(2) == ["lectern"])
    #expect(try model.messages(8).first?.integers(2) == [17])
    #expect(
      try graph.messages(5).flatMap { $0.texts(8) } == [
        "layers.0.bias", "layers.0.weight", "layers.2.bias", "layers.2.weight",
      ])
    // A weight is four filters of one channel in theirs, channels last in ours.
    #expect(try graph.messages(5)[1].integers(1) == [2, 1, 2, 2])
    #expect(try graph.messages(5)[1].bytes(9).first?.count == 32)
    for (field, name) in [(11, "x"), (12, "y")] {
      #expect(try graph.messages(field).first?.texts(1) == [name])
    }
  }

  @Test("are written to a file")
  func files() throws {
    let path = NSTemporaryDirectory() + "lectern-" + UUID().uuidString + ".onnx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let network = try Exported(name: "", layers: [Dense(2)], input: [3]).trained()
    try network.exportONNX(to: path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(try network.onnx()))
  }
}

/// A message of protocol buffers, read without knowing what its fields mean.
private struct DecodedMessage {
  struct Malformed: Error {}

  private var whole: [(field: Int, value: Int)] = []
  private var delimited: [(field: Int, value: [UInt8])] = []

  init(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    func varint() throws -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        guard let byte = rest.popFirst() else { throw Malformed() }
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
      }
      throw Malformed()
    }
    while !rest.isEmpty {
      let key = try varint()
      let field = Int(key >> 3)
      switch key & 7 {
      case 0: whole.append((field, Int(Int64(bitPattern: try varint()))))
      case 2:
        let count = Int(try varint())
        guard count <= rest.count else { throw Malformed() }
        delimited.append((field, Array(rest.prefix(count))))
        rest = rest.dropFirst(count)
      case 5:
        guard rest.count >= 4 else { throw Malformed() }
        rest = rest.dropFirst(4)
      default: throw Malformed()
      }
    }
  }

  func integers(_ field: Int) -> [Int] { whole.filter { $0.field == field }.map(\.value) }
  func bytes(_ field: Int) -> [[UInt8]] { delimited.filter { $0.field == field }.map(\.value) }
  func texts(_ field: Int) -> [String] { bytes(field).map { String(decoding: $0, as: UTF8.self) } }
  func messages(_ field: Int) throws -> [DecodedMessage] { try bytes(field).map { try DecodedMessage($0) } }
}
