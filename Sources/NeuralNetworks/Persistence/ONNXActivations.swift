import Tensors

extension Activation {
  /// Whether the function of a value depends on nothing but the value.
  var isElementwise: Bool {
    switch self {
    case .glu, .sparsemax, .softmax, .logSoftmax: false
    default: true
    }
  }

  /// Writes the function down behind a value; the name of the result.
  func export(_ x: String, to model: ONNXExporter) -> String {
    switch self {
    case .linear: return x
    case .relu: return model.operation("Relu", [x])
    case .leakyRelu: return model.operation("LeakyRelu", [x], [.init("alpha", .number(0.2))])
    case .relu6: return Self.cut(x, from: 0, to: 6, model)
    case .elu: return model.operation("Elu", [x], [.init("alpha", .number(1))])
    case .selu:
      return model.operation(
        "Selu", [x],
        [.init("alpha", .number(1.6732632423543772)), .init("gamma", .number(1.0507009873554805))])
    case .hardSilu: return model.operation("HardSwish", [x])
    case .softplus: return model.operation("Softplus", [x])
    case .softsign: return model.operation("Softsign", [x])
    case .softShrink: return Self.shrunk(x, by: 0.5, model)
    case .hardShrink: return Self.shrunk(x, by: 0, model)
    case .tanh: return model.operation("Tanh", [x])
    case .hardTanh: return Self.cut(x, from: -1, to: 1, model)
    case .sigmoid: return model.operation("Sigmoid", [x])
    case .hardSigmoid:
      return model.operation(
        "HardSigmoid", [x], [.init("alpha", .number(1.0 / 6)), .init("beta", .number(0.5))])
    case .exponential: return model.operation("Exp", [x])
    case .softmax: return model.operation("Softmax", [x], [.init("axis", .integer(-1))])
    case .logSoftmax: return model.operation("LogSoftmax", [x], [.init("axis", .integer(-1))])
    case .gelu, .glu, .silu, .mish, .tanhShrink, .logSigmoid, .squareplus, .sparsemax:
      return composed(x, model)
    }
  }

  /// Functions that take several operators, written as they are defined.
  private func composed(_ x: String, _ model: ONNXExporter) -> String {
    switch self {
    case .gelu:
      let inner = model.operation("Mul", [x, model.constant(0.7071067811865476)])
      let normal = model.operation("Add", [model.operation("Erf", [inner]), model.constant(1)])
      return model.operation("Mul", [model.operation("Mul", [x, normal]), model.constant(0.5)])
    case .glu:
      let halves = model.operation("Split", [x], [.init("axis", .integer(-1))], isWanted: [true, true])
      return model.operation("Mul", [halves[0], model.operation("Sigmoid", [halves[1]])])
    case .silu: return model.operation("Mul", [x, model.operation("Sigmoid", [x])])
    case .mish:
      return model.operation("Mul", [x, model.operation("Tanh", [model.operation("Softplus", [x])])])
    case .tanhShrink: return model.operation("Sub", [x, model.operation("Tanh", [x])])
    case .logSigmoid:
      let negative = model.operation("Neg", [x])
      return model.operation("Neg", [model.operation("Softplus", [negative])])
    case .squareplus:
      let square = model.operation("Add", [model.operation("Mul", [x, x]), model.constant(4)])
      let sum = model.operation("Add", [x, model.operation("Sqrt", [square])])
      return model.operation("Mul", [sum, model.constant(0.5)])
    default: return Self.sparsemax(x, model)
    }
  }

  private static func cut(_ x: String, from low: Float, to high: Float, _ model: ONNXExporter) -> String {
    model.operation("Clip", [x, model.constant(low), model.constant(high)])
  }

  /// Zero up to ±0.5, beyond it the value, drawn to zero by a distance.
  private static func shrunk(_ x: String, by distance: Float, _ model: ONNXExporter) -> String {
    model.operation("Shrink", [x], [.init("bias", .number(distance)), .init("lambd", .number(0.5))])
  }

  /// The nearest point of the simplex, as the network's own function finds it.
  private static func sparsemax(_ x: String, _ model: ONNXExporter) -> String {
    let last = model.integers([-1])
    func sum(_ value: String, keepsAxis: Bool) -> String {
      model.operation("ReduceSum", [value, last], [.init("keepdims", .integer(keepsAxis ? 1 : 0))])
    }
    let rows = model.operation("Unsqueeze", [x, last])
    let columns = model.operation("Unsqueeze", [x, model.integers([-2])])
    let above = sum(
      model.operation("Relu", [model.operation("Sub", [columns, rows])]), keepsAxis: false)
    let isKept = model.operation(
      "Cast", [model.operation("Less", [above, model.constant(1)])],
      [.init("to", .integer(ONNXTensor.floatType))])
    let total = sum(model.operation("Mul", [isKept, x]), keepsAxis: true)
    let excess = model.operation("Sub", [total, model.constant(1)])
    let threshold = model.operation("Div", [excess, sum(isKept, keepsAxis: true)])
    return model.operation("Relu", [model.operation("Sub", [x, threshold])])
  }
}
