import Tensors

// The parts of a model in the Open Neural Network Exchange format that a network needs; the numbers of fields and types
// are those of the format's `onnx.proto`.

/// The version of the format and that of the operators' definitions.
enum ONNXFormat {
  static let version = 8
  static let operators = 17
  /// The name of the axis of samples, whose size is left open.
  static let batch = "batch"
}

/// An operator with its settings.
struct ONNXNode: Hashable {
  var kind: String
  var name: String
  var inputs: [String]
  /// The names of the results; an empty one is not wanted.
  var outputs: [String]
  var attributes: [ONNXAttribute]

  var message: ProtobufMessage {
    var message = ProtobufMessage()
    for input in inputs { message.add(1, input) }
    for output in outputs { message.add(2, output) }
    message.add(3, name)
    message.add(4, kind)
    for attribute in attributes { message.add(5, attribute.message) }
    return message
  }
}

/// A setting of an operator.
struct ONNXAttribute: Hashable {
  enum Value: Hashable {
    case number(Float)
    case integer(Int)
    case text(String)
    case numbers([Float])
    case integers([Int])
    case texts([String])
  }

  var name: String
  var value: Value

  init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }

  var message: ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, name)
    let type: Int
    switch value {
    case .number(let number):
      message.add(2, number)
      type = 1
    case .integer(let integer):
      message.add(3, integer)
      type = 2
    case .text(let text):
      message.add(4, text)
      type = 3
    case .numbers(let numbers):
      for number in numbers { message.add(7, number) }
      type = 6
    case .integers(let integers):
      for integer in integers { message.add(8, integer) }
      type = 7
    case .texts(let texts):
      for text in texts { message.add(9, text) }
      type = 8
    }
    message.add(20, type)
    return message
  }
}

/// Numbers that belong to the model: parameters and constants.
struct ONNXTensor: Hashable {
  enum Values: Hashable {
    case float([Float])
    case integer([Int])
  }

  static let floatType = 1
  static let integerType = 7

  var name: String
  var shape: Shape
  var values: Values

  var message: ProtobufMessage {
    var message = ProtobufMessage()
    for size in shape.dimensions { message.add(1, size) }
    var bytes: [UInt8] = []
    switch values {
    case .float(let values):
      message.add(2, Self.floatType)
      for value in values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    case .integer(let values):
      message.add(2, Self.integerType)
      for value in values {
        withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    message.add(8, name)
    message.add(9, bytes)
    return message
  }
}

/// A model: operators in an order in which each follows those that it needs.
struct ONNXModel {
  var nodes: [ONNXNode]
  var tensors: [ONNXTensor]
  /// What goes in and what comes out: names, and shapes of a sample.
  var input: (name: String, shape: Shape)
  var output: (name: String, shape: Shape)

  /// The bytes of the file.
  var bytes: [UInt8] {
    var graph = ProtobufMessage()
    for node in nodes { graph.add(1, node.message) }
    graph.add(2, "network")
    for tensor in tensors { graph.add(5, tensor.message) }
    graph.add(11, Self.description(input.name, input.shape))
    graph.add(12, Self.description(output.name, output.shape))
    var operators = ProtobufMessage()
    operators.add(1, "")
    operators.add(2, ONNXFormat.operators)
    var model = ProtobufMessage()
    model.add(1, ONNXFormat.version)
    model.add(2, "lectern")
    model.add(7, graph)
    model.add(8, operators)
    return model.bytes
  }

  /// What a model says of a value that goes in or comes out: its name, its type, and its sizes behind the open one of
  /// the samples.
  private static func description(_ name: String, _ shape: Shape) -> ProtobufMessage {
    var sizes = ProtobufMessage()
    var samples = ProtobufMessage()
    samples.add(2, ONNXFormat.batch)
    sizes.add(1, samples)
    for size in shape.dimensions {
      var dimension = ProtobufMessage()
      dimension.add(1, size)
      sizes.add(1, dimension)
    }
    var tensor = ProtobufMessage()
    tensor.add(1, ONNXTensor.floatType)
    tensor.add(2, sizes)
    var type = ProtobufMessage()
    type.add(1, tensor)
    var value = ProtobufMessage()
    value.add(1, name)
    value.add(2, type)
    return value
  }
}
