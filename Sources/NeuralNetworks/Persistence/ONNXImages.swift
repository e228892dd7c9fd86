import Tensors

// Convolutions and poolings. Ours have the channels last, ONNX has them behind the samples; functions of single values
// are applied before the axes are brought back, so that neighboring layers need no transposition between them.

/// The windows along the axes of an image or a sequence.
private struct ONNXWindows {
  var kernel: [Int]
  var strides: [Int]
  var dilation: [Int]
  var padding: Padding

  /// The settings of an operator, for values of given sizes.
  func attributes(for sizes: ArraySlice<Int>) -> [ONNXAttribute] {
    let margins = sizes.enumerated().map { axis, size in
      padding.margins(size: size, kernel: kernel[axis], stride: strides[axis], dilation: dilation[axis])
    }
    return [
      .init("kernel_shape", .integers(kernel)), .init("strides", .integers(strides)),
      .init("pads", .integers(margins.map(\.before) + margins.map(\.behind))),
    ]
  }
}

extension ONNXExporter {
  fileprivate func convolution(
    _ x: ONNXValue, _ windows: ONNXWindows, _ activation: Activation, hasBias: Bool
  ) throws(NetworkError) -> String {
    let weights = try parameter("weight")
    let order = [0, weights.shape.rank - 1] + Array(1..<weights.shape.rank - 1)
    let bias = hasBias ? [tensor("bias", try parameter("bias"))] : []
    let sums = operation(
      "Conv",
      [transposed(x.name, x.channelsFirst), tensor("weight", weights.transposed(order))] + bias,
      windows.attributes(for: x.shape.dimensions.dropLast()) + [
        .init("dilations", .integers(windows.dilation))
      ])
    return activation.isElementwise
      ? transposed(activation.export(sums, to: self), x.channelsLast)
      : activation.export(transposed(sums, x.channelsLast), to: self)
  }
}

/// One size for each axis, given one for all or one for each.
private func each(_ sizes: [Int], _ count: Int) -> [Int] {
  (0..<count).map { sizes[min($0, sizes.count - 1)] }
}

extension Convolution1D: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    try model.convolution(
      x,
      ONNXWindows(kernel: [kernel], strides: [strides], dilation: [dilation], padding: padding),
      activation, hasBias: hasBias)
  }
}

extension Convolution2D: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    try model.convolution(
      x,
      ONNXWindows(
        kernel: each(kernel, 2), strides: each(strides, 2), dilation: each(dilation, 2), padding: padding),
      activation, hasBias: hasBias)
  }
}

extension Pooling: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    let count = size.count
    let windows = ONNXWindows(
      kernel: size, strides: each(strides, count), dilation: each([1], count), padding: padding)
    var attributes = windows.attributes(for: x.shape.dimensions.dropLast())
    if kind == .average { attributes.append(.init("count_include_pad", .integer(0))) }
    let result = model.operation(
      kind == .maximum ? "MaxPool" : "AveragePool", [model.transposed(x.name, x.channelsFirst)], attributes)
    return model.transposed(result, x.channelsLast)
  }
}

extension GlobalPooling: ONNXExportable {
  func export(_ x: ONNXValue, to model: ONNXExporter) throws(NetworkError) -> String {
    model.operation(
      kind == .maximum ? "ReduceMax" : "ReduceMean", [x.name],
      [.init("axes", .integers(Array(1..<x.shape.rank))), .init("keepdims", .integer(0))])
  }
}
