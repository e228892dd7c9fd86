import Components
import Foundation
import Tensors

extension TrainedNetwork {
  /// The bytes of a model in the Open Neural Network Exchange format, version 17 of its operators.
  ///
  /// The model takes `x`, samples of the network's input shape (channels last) behind an axis of open size called
  /// `batch`, and gives `y`: for each sample the numbers that `predict` gives, in one row. All numbers are in single
  /// precision, whatever that of the training was. Throws if a layer or the loss has no counterpart.
  public func onnx() throws(NetworkError) -> [UInt8] {
    let exporter = try ONNXExporter(self)
    let input = ONNXValue(name: "x", shape: inputShape)
    var value = try exporter.add(network.layers, input)
    if value.shape.rank != 1 {
      value.name = exporter.operation("Flatten", [value.name], [.init("axis", .integer(1))])
      value.shape = [value.shape.count]
    }
    return exporter.model(input: input, output: try predictions(value, exporter)).bytes
  }

  /// Writes the network to a file in the Open Neural Network Exchange format; see ``onnx()``.
  public func exportONNX(to path: String) throws {
    try Data(try onnx()).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// What the loss makes of the output of the layers.
  private func predictions(_ x: ONNXValue, _ model: ONNXExporter) throws(NetworkError) -> ONNXValue {
    let graph = NetworkTrace(isTraining: false)
    let output = graph.input("x", x.shape)
    let prediction = loss.predictions(output)
    guard prediction.index != output.index else { return x }
    let name: String
    switch loss {
    case is Poisson: name = model.operation("Exp", [x.name])
    case is KullbackLeibler: name = Activation.softmax.export(x.name, to: model)
    case is GaussianNegativeLogLikelihood:
      name = model.operation(
        "Slice",
        [
          x.name, model.integers([0]), model.integers([x.shape.count / 2]), model.integers([1]),
        ])
    case is BinaryCrossEntropy, is Hinge:
      let none = model.operation("Mul", [x.name, model.constant(0)])
      name = model.operation("Concat", [none, x.name], [.init("axis", .integer(1))])
    default: throw .notExportable(layer: loss.name, format: "ONNX")
    }
    return ONNXValue(name: name, shape: prediction.shape)
  }
}
