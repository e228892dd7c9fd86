import Tensors

/// A layer that the operators of ONNX can express.
protocol ONNXExportable: Layer {
  /// Writes the operators down behind a value; the name of the result.
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String
}

/// A value of a model: its name, and the shape of a sample.
struct ONNXValue: Hashable {
  var name: String
  var shape: Shape

  /// The order that brings the last axis of a batch of such values behind that of the samples: what operators on
  /// images and sequences want.
  var channelsFirst: [Int] { [0, shape.rank] + Array(1..<shape.rank) }
  /// The order that brings it back.
  var channelsLast: [Int] { [0] + Array(2..<shape.rank + 1) + [1] }
}

/// Writes a network down in operators of ONNX, layer by layer in the order of its trace, so that every layer finds its
/// parameters by their names.
final class ONNXExporter {
  private var nodes: [ONNXNode] = []
  private var tensors: [ONNXTensor] = []
  private let weights: Safetensors
  /// The shape behind each layer, by its path.
  private let shapes: [[Int]: Shape]
  private var path: [Int] = []
  private var children = [0]
  private var uses: [String: Int] = [:]
  private var constants: [ONNXTensor: String] = [:]
  /// What each transposed value was made of.
  private var transpositions: [String: (source: String, order: [Int])] = [:]

  init(_ network: TrainedNetwork) throws(NetworkError) {
    weights = network.weights
    let entries = try network.network.traced(for: network.inputShape).trace.entries
    shapes = Dictionary(entries.map { ($0.path, $0.shape) }) { first, _ in first }
  }

  private var prefix: String { path.map { "layers.\($0)." }.joined() }

  /// Writes a layer down behind a value.
  func add(_ layer: any Layer, _ x: ONNXValue) throws(NetworkError) -> ONNXValue {
    guard let layer = layer as? any ONNXExportable else {
      throw .notExportable(layer: layer.name, format: "ONNX")
    }
    path.append(children[children.count - 1])
    children[children.count - 1] += 1
    children.append(0)
    defer {
      path.removeLast()
      children.removeLast()
    }
    return ONNXValue(name: try layer.export(x, to: self), shape: shapes[path] ?? [])
  }

  /// Writes layers down one behind the other.
  func add(_ layers: [any Layer], _ x: ONNXValue) throws(NetworkError) -> ONNXValue {
    var value = x
    for layer in layers { value = try add(layer, value) }
    return value
  }

  /// The shape of a sample behind the layer that is being written down.
  var resultShape: Shape { shapes[path] ?? [] }

  // MARK: - Operators

  /// Writes an operator down; the names of its results.
  func operation(
    _ kind: String, _ inputs: [String], _ attributes: [ONNXAttribute] = [], isWanted: [Bool]
  ) -> [String] {
    let name = unused(prefix + kind)
    let outputs = isWanted.indices.map { index in
      isWanted[index] ? (isWanted.count == 1 ? name : "\(name).\(index)") : ""
    }
    nodes.append(
      ONNXNode(kind: kind, name: name, inputs: inputs, outputs: outputs, attributes: attributes))
    return outputs
  }

  /// Writes an operator with one result down; its name.
  func operation(_ kind: String, _ inputs: [String], _ attributes: [ONNXAttribute] = []) -> String {
    operation(kind, inputs, attributes, isWanted: [true])[0]
  }

  private func unused(_ name: String) -> String {
    uses[name, default: 0] += 1
    let count = uses[name, default: 1]
    return count == 1 ? name : "\(name).\(count)"
  }

  /// The axes of a batch in another order; two orders that undo each other are left out.
  func transposed(_ x: String, _ order: [Int]) -> String {
    if order == Array(order.indices) { return x }
    if let (source, before) = transpositions[x], order.map({ before[$0] }) == Array(order.indices) {
      return source
    }
    let result = operation("Transpose", [x], [.init("perm", .integers(order))])
    transpositions[result] = (x, order)
    return result
  }

  /// The numbers of every sample in another shape.
  func reshaped(_ x: String, to shape: Shape) -> String {
    operation("Reshape", [x, integers([-1] + shape.dimensions)])
  }

  // MARK: - Numbers

  /// A parameter or state of the layer that is being written down.
  func parameter(_ name: String) throws(NetworkError) -> Tensor<Float> {
    guard let entry = weights[prefix + name] else {
      throw .parametersDiffer(name: prefix + name, expected: [], found: nil)
    }
    switch entry.values {
    case .float(let values): return Tensor(values, shape: entry.shape)
    case .double(let values): return Tensor(values.map { Float($0) }, shape: entry.shape)
    }
  }

  /// Puts numbers of the layer that is being written down into the model, under a name of theirs.
  func tensor(_ name: String, _ values: Tensor<Float>) -> String {
    let name = unused(prefix + name)
    tensors.append(ONNXTensor(name: name, shape: values.shape, values: .float(values.elements)))
    return name
  }

  /// Numbers of a shape that may stand in several places of the model.
  func constant(_ values: Tensor<Float>) -> String {
    constant(ONNXTensor(name: "", shape: values.shape, values: .float(values.elements)))
  }

  /// A number.
  func constant(_ value: Float) -> String { constant(Tensor([value], shape: [])) }

  /// Whole numbers: axes and sizes.
  func integers(_ values: [Int]) -> String {
    constant(ONNXTensor(name: "", shape: [values.count], values: .integer(values)))
  }

  private func constant(_ content: ONNXTensor) -> String {
    if let name = constants[content] { return name }
    var tensor = content
    tensor.name = "constant.\(constants.count)"
    constants[content] = tensor.name
    tensors.append(tensor)
    return tensor.name
  }

  // MARK: - The model

  /// The model with a result, without what nothing needs.
  func model(input: ONNXValue, output: ONNXValue) -> ONNXModel {
    let last = output.name == input.name ? operation("Identity", [input.name]) : output.name
    var needed: Set<String> = [last]
    var kept: [ONNXNode] = []
    for node in nodes.reversed() where node.outputs.contains(where: { needed.contains($0) }) {
      needed.formUnion(node.inputs)
      kept.append(node)
    }
    let result = "y"
    for index in kept.indices {
      kept[index].inputs = kept[index].inputs.map { $0 == last ? result : $0 }
      kept[index].outputs = kept[index].outputs.map { $0 == last ? result : $0 }
    }
    return ONNXModel(
      nodes: kept.reversed(), tensors: tensors.filter { needed.contains($0.name) },
      input: (input.name, input.shape), output: (result, output.shape))
  }
}

extension Tensor where Scalar == Float {
  /// The axes in another order: axis i of the result is axis `order[i]`.
  func transposed(_ order: [Int]) -> Tensor {
    let result = Shape(order.map { shape.dimensions[$0] })
    let steps = shape.steps
    var index = [Int](repeating: 0, count: order.count)
    var values: [Float] = []
    values.reserveCapacity(elements.count)
    for _ in 0..<elements.count {
      values.append(elements[zip(index, order).reduce(0) { $0 + $1.0 * steps[$1.1] }])
      for axis in order.indices.reversed() {
        index[axis] += 1
        if index[axis] < result.dimensions[axis] { break }
        index[axis] = 0
      }
    }
    return Tensor(values, shape: result)
  }
}
