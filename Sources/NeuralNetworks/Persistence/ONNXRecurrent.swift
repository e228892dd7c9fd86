import Tensors

/// A recurrent layer as an operator of ONNX.
private struct ONNXCell {
  var kind: String
  /// Which of our gates stands where in theirs.
  var gates: [Int]
  /// Whether the last state has a bias of its own.
  var hasRecurrentBias = false
  /// The settings of one direction, and those of the whole.
  var perDirection: [(name: String, numbers: [Float])] = []
  var functions: [String] = []
  var attributes: [ONNXAttribute] = []
}

/// A recurrent layer that ONNX has an operator for.
private protocol ONNXRecurrent: RecurrentLayer, ONNXExportable {
  /// Its operator; nil if there is none with its settings.
  var cell: ONNXCell? { get }
}

extension ONNXRecurrent {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    try model.recurrent(self, x, directions: [""])
  }
}

extension SimpleRecurrent: ONNXRecurrent {
  fileprivate var cell: ONNXCell? {
    let (function, alpha, beta): (String, Float?, Float?)
    switch activation {
    case .linear: (function, alpha, beta) = ("Affine", 1, 0)
    case .relu: (function, alpha, beta) = ("Relu", nil, nil)
    case .leakyRelu: (function, alpha, beta) = ("LeakyRelu", 0.2, nil)
    case .elu: (function, alpha, beta) = ("Elu", 1, nil)
    case .softplus: (function, alpha, beta) = ("Softplus", nil, nil)
    case .softsign: (function, alpha, beta) = ("Softsign", nil, nil)
    case .tanh: (function, alpha, beta) = ("Tanh", nil, nil)
    case .sigmoid: (function, alpha, beta) = ("Sigmoid", nil, nil)
    case .hardSigmoid: (function, alpha, beta) = ("HardSigmoid", 1.0 / 6, 0.5)
    default: return nil
    }
    var cell = ONNXCell(kind: "RNN", gates: [0], functions: [function])
    if let alpha { cell.perDirection.append(("activation_alpha", [alpha])) }
    if let beta { cell.perDirection.append(("activation_beta", [beta])) }
    return cell
  }
}

extension LongShortTermMemory: ONNXRecurrent {
  // Ours are i, f, c, o; theirs i, o, f, c.
  fileprivate var cell: ONNXCell? { ONNXCell(kind: "LSTM", gates: [0, 3, 1, 2]) }
}

extension GatedRecurrent: ONNXRecurrent {
  fileprivate var cell: ONNXCell? {
    ONNXCell(
      kind: "GRU", gates: [0, 1, 2], hasRecurrentBias: true,
      attributes: [.init("linear_before_reset", .integer(1))])
  }
}

extension Bidirectional: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    guard let layer = layer as? any ONNXRecurrent else {
      throw .notExportable(layer: layer.name, format: "ONNX")
    }
    return try model.recurrent(layer, x, directions: ["forward.", "backward."])
  }
}

extension ONNXExporter {
  /// A recurrent layer in one or both directions, whose parameters have the prefixes of these.
  fileprivate func recurrent(
    _ layer: any ONNXRecurrent, _ x: ONNXValue, directions: [String]
  ) throws(NetworkError) -> String {
    guard let cell = layer.cell else { throw .notExportable(layer: layer.name, format: "ONNX") }
    let (units, steps, count) = (layer.units, x.shape.dimensions[0], directions.count)
    var (weights, recurrent, biases): ([Float], [Float], [Float]) = ([], [], [])
    for prefix in directions {
      weights += reordered(try parameter(prefix + "weight"), cell, units)
      recurrent += reordered(try parameter(prefix + "recurrent-weight"), cell, units)
      biases += reordered(try parameter(prefix + "bias"), cell, units)
      biases +=
        cell.hasRecurrentBias
        ? reordered(try parameter(prefix + "recurrent-bias"), cell, units)
        : [Float](repeating: 0, count: cell.gates.count * units)
    }
    let rows = cell.gates.count * units
    var attributes = cell.attributes + [.init("hidden_size", .integer(units))]
    if count == 2 { attributes.append(.init("direction", .text("bidirectional"))) }
    func all<Element>(_ elements: [Element]) -> [Element] { directions.flatMap { _ in elements } }
    if !cell.functions.isEmpty { attributes.append(.init("activations", .texts(all(cell.functions)))) }
    for (name, numbers) in cell.perDirection { attributes.append(.init(name, .numbers(all(numbers)))) }
    let outputs = operation(
      cell.kind,
      [
        transposed(x.name, [1, 0, 2]),
        tensor("weight", Tensor(weights, shape: [count, rows, x.shape.dimensions[1]])),
        tensor("recurrent-weight", Tensor(recurrent, shape: [count, rows, units])),
        tensor("bias", Tensor(biases, shape: [count, 2 * rows])),
      ], attributes, isWanted: layer.returnsSequences ? [true] : [false, true])
    // Steps × directions × samples × units, or without the steps.
    return layer.returnsSequences
      ? reshaped(transposed(outputs[0], [2, 0, 1, 3]), to: [steps, count * units])
      : reshaped(transposed(outputs[1], [1, 0, 2]), to: [count * units])
  }

  /// The rows of our gates in the order of theirs.
  private func reordered(_ values: Tensor<Float>, _ cell: ONNXCell, _ units: Int) -> [Float] {
    let size = units * values.columns
    return cell.gates.flatMap { values.elements[$0 * size..<($0 + 1) * size] }
  }
}
