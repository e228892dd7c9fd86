import Autodiff
import Components
import Tensors

/// A convolution of images, height × width × channels, with filters of the size of the kernel: weights filters × kernel
/// height × kernel width × channels.
public struct Convolution2D: Layer, Hashable {
  /// The number of filters: the channels of the result.
  public var filters: Int
  /// The height and the width of a filter.
  public var kernel: [Int]
  /// The distance of neighboring windows, down and right.
  public var strides: [Int]
  /// What stands beyond the border.
  public var padding: Padding
  /// The distance of neighboring elements of a filter, down and right.
  public var dilation: [Int]
  /// The function applied to each sum.
  public var activation: Activation
  /// Whether there is a bias for each filter.
  public var hasBias: Bool

  /// A convolution; one size stands for both axes.
  public init(
    _ filters: Int, kernel: [Int], strides: [Int] = [1], padding: Padding = .valid, dilation: [Int] = [1],
    activation: Activation = .linear, hasBias: Bool = true
  ) {
    self.filters = filters
    self.kernel = kernel
    self.strides = strides
    self.padding = padding
    self.dilation = dilation
    self.activation = activation
    self.hasBias = hasBias
  }

  /// A convolution with square filters.
  public init(
    _ filters: Int, kernel: Int, strides: Int = 1, padding: Padding = .valid,
    activation: Activation = .linear
  ) {
    self.init(filters, kernel: [kernel], strides: [strides], padding: padding, activation: activation)
  }

  static let filtersParameter = Layers.size("filters", help: "The number of filters.")
  static let paddingParameter = Parameter<Padding>(
    "padding", default: .valid, help: "Whether a border keeps the size.")
  static let activationParameter = Parameter<Activation>(
    "activation", default: .linear, help: "The function applied to each sum.")
  static let biasParameter = Parameter<Bool>("bias", default: true, help: "Whether there are biases.")
  private static let kernelParameter = Layers.sizes("kernel", help: "The height and width of a filter.")
  private static let stridesParameter = Layers.sizes(
    "strides", default: [1], help: "The distance of neighboring windows.")
  private static let dilationParameter = Layers.sizes(
    "dilation", default: [1], help: "The distance of neighboring elements of a filter.")
  static let component = Component<any Layer>(
    "conv2d", help: "Filters slide over images of height × width × channels.",
    swift: "Convolution2D(_ filters, kernel, strides, padding, dilation, activation, hasBias bias)",
    parameters: [
      filtersParameter, kernelParameter, activationParameter, stridesParameter, paddingParameter,
      dilationParameter, biasParameter,
    ]
  ) {
    Convolution2D(
      $0[filtersParameter], kernel: $0[kernelParameter], strides: $0[stridesParameter],
      padding: $0[paddingParameter], dilation: $0[dilationParameter], activation: $0[activationParameter],
      hasBias: $0[biasParameter])
  }

  public var name: String { "conv2d" }
  public var arguments: [RecipeArgument] {
    [
      .init("filters", filters), .init("kernel", list: kernel), .init("activation", activation),
      .init("strides", list: strides), .init("padding", padding), .init("dilation", list: dilation),
      .init("bias", hasBias),
    ]
  }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require("filters", filters)
    for (name, sizes) in [("kernel", kernel), ("strides", strides), ("dilation", dilation)] {
      try trace.require(name, sizes, counts: 1...2)
    }
    guard x.shape.rank == 3 else {
      throw trace.mismatch(
        x, needs: "images of height × width × channels",
        hint: x.shape.rank == 2 ? "reshape([\(x.shape.dimensions[0]), \(x.shape.dimensions[1]), 1])" : nil)
    }
    let window = Window(
      kernelHeight: kernel[0], kernelWidth: kernel[kernel.count - 1], strideDown: strides[0],
      strideRight: strides[strides.count - 1], dilationDown: dilation[0],
      dilationRight: dilation[dilation.count - 1], padding: padding)
    guard let (image, geometry) = window.applied(to: x, filters: filters, border: 0) else {
      throw trace.mismatch(x, needs: "images of at least the size of its filters")
    }
    let area = window.kernelHeight * window.kernelWidth
    let weights = trace.weights(
      [filters, window.kernelHeight, window.kernelWidth, geometry.channels],
      fans: .init(input: area * geometry.channels, output: area * filters))
    return try trace.apply(
      activation, to: weights.convolution(image, geometry, bias: hasBias ? trace.bias([filters]) : nil))
  }
}
