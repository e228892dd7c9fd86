import Tensors

extension Sequential: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    try model.add(layers, x).name
  }
}

extension Dense: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    let weights = try model.parameter("weight")
    let bias = hasBias ? [model.tensor("bias", try model.parameter("bias"))] : []
    let sum: String
    if x.shape.rank == 1 {
      sum = model.operation(
        "Gemm", [x.name, model.tensor("weight", weights)] + bias, [.init("transB", .integer(1))])
    } else {
      let product = model.operation("MatMul", [x.name, model.tensor("weight", weights.transposed([1, 0]))])
      sum = hasBias ? model.operation("Add", [product] + bias) : product
    }
    return activation.export(sum, to: model)
  }
}

extension ActivationLayer: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    activation.export(x.name, to: model)
  }
}

extension Dropout: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String { x.name }
}

extension Flatten: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    model.operation("Flatten", [x.name], [.init("axis", .integer(1))])
  }
}

extension Reshape: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    model.reshaped(x.name, to: model.resultShape)
  }
}

extension Embedding: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    let numbers = model.operation("Cast", [x.name], [.init("to", .integer(ONNXTensor.integerType))])
    let table = model.tensor("weight", try model.parameter("weight"))
    return model.operation("Gather", [table, numbers], [.init("axis", .integer(0))])
  }
}

extension BatchNormalization: ONNXExportable {
  /// What it does to a feature when nothing is trained: `(x − mean) · scale + offset`.
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    let (gain, variance) = (try model.parameter("gain"), try model.parameter("running-variance"))
    let scale = zip(gain.elements, variance.elements).map { gain, variance in
      Float(Double(gain) / (Double(variance) + epsilon).squareRoot())
    }
    let mean = model.tensor("running-mean", try model.parameter("running-mean"))
    let centered = model.operation("Sub", [x.name, mean])
    let scaled = model.operation("Mul", [centered, model.tensor("scale", Tensor(scale, shape: gain.shape))])
    return model.operation("Add", [scaled, model.tensor("bias", try model.parameter("bias"))])
  }
}

extension LayerNormalization: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    let gain = model.tensor("gain", try model.parameter("gain"))
    let bias = model.tensor("bias", try model.parameter("bias"))
    return model.operation(
      "LayerNormalization", [x.name, gain, bias],
      [.init("axis", .integer(-1)), .init("epsilon", .number(Float(epsilon)))])
  }
}

extension Residual: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    model.operation("Add", [x.name, try model.add(layers, x).name])
  }
}

extension Concatenation: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    var results: [String] = []
    for branch in branches { results.append(try model.add(branch, x).name) }
    return model.operation("Concat", results, [.init("axis", .integer(-1))])
  }
}

extension Repetition: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    var value = x
    for _ in 0..<times { value = try model.add(layers, value) }
    return value.name
  }
}

extension MultilayerPerceptron: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    var value = x
    for _ in 0..<layers {
      value = try model.add(Dense(units, activation: activation), value)
      if dropout > 0 { value = try model.add(Dropout(dropout), value) }
    }
    return value.name
  }
}

extension MultiHeadAttention: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    let steps = x.shape.dimensions[0]
    func projected(_ name: String, _ value: String) throws(NetworkError) -> String {
      let weights = try model.parameter("\(name)-weight").transposed([1, 0])
      let product = model.operation("MatMul", [value, model.tensor("\(name)-weight", weights)])
      return model.operation(
        "Add", [product, model.tensor("\(name)-bias", try model.parameter("\(name)-bias"))])
    }
    /// Samples × heads × steps × units, or the last two the other way around.
    func split(_ value: String, _ order: [Int]) -> String {
      model.transposed(model.reshaped(value, to: [steps, heads, keyUnits]), order)
    }
    let scale = model.constant(Float(1 / Double(keyUnits).squareRoot()))
    let query = split(model.operation("Mul", [try projected("query", x.name), scale]), [0, 2, 1, 3])
    let key = split(try projected("key", x.name), [0, 2, 3, 1])
    let value = split(try projected("value", x.name), [0, 2, 1, 3])
    var scores = model.operation("MatMul", [query, key])
    if isCausal {
      let mask = (0..<steps * steps).map { $0 % steps > $0 / steps ? Float(-1e9) : 0 }
      scores = model.operation("Add", [scores, model.constant(Tensor(mask, shape: [steps, steps]))])
    }
    let seen = model.operation(
      "MatMul", [model.operation("Softmax", [scores], [.init("axis", .integer(-1))]), value])
    let joined = model.reshaped(model.transposed(seen, [0, 2, 1, 3]), to: [steps, heads * keyUnits])
    return try projected("output", joined)
  }
}
