import Autodiff
import Components
import Tensors

/// A convolution along time of sequences, steps × features, with filters of a width: weights filters × width ×
/// features.
public struct Convolution1D: Layer, Hashable {
  /// The number of filters: the features of the result.
  public var filters: Int
  /// The steps that a filter sees.
  public var kernel: Int
  /// The distance of neighboring windows.
  public var strides: Int
  /// What stands beyond the ends.
  public var padding: Padding
  /// The distance of neighboring elements of a filter.
  public var dilation: Int
  /// The function applied to each sum.
  public var activation: Activation
  /// Whether there is a bias for each filter.
  public var hasBias: Bool

  /// A convolution along time.
  public init(
    _ filters: Int, kernel: Int, strides: Int = 1, padding: Padding = .valid, dilation: Int = 1,
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

  private static let kernelParameter = Layers.size("kernel", help: "The steps that a filter sees.")
  private static let stridesParameter = Layers.size(
    "strides", default: 1, help: "The distance of neighboring windows.")
  private static let dilationParameter = Layers.size(
    "dilation", default: 1, help: "The distance of neighboring elements of a filter.")
  static let component = Component<any Layer>(
    "conv1d", help: "Filters slide along sequences of steps × features.",
    swift: "Convolution1D(_ filters, kernel, strides, padding, dilation, activation, hasBias bias)",
    parameters: [
      Convolution2D.filtersParameter, kernelParameter, Convolution2D.activationParameter, stridesParameter,
      Convolution2D.paddingParameter, dilationParameter, Convolution2D.biasParameter,
    ]
  ) {
    Convolution1D(
      $0[Convolution2D.filtersParameter], kernel: $0[kernelParameter], strides: $0[stridesParameter],
      padding: $0[Convolution2D.paddingParameter], dilation: $0[dilationParameter],
      activation: $0[Convolution2D.activationParameter], hasBias: $0[Convolution2D.biasParameter])
  }

  public var name: String { "conv1d" }
  public var arguments: [RecipeArgument] {
    [
      .init("filters", filters), .init("kernel", kernel), .init("activation", activation),
      .init("strides", strides), .init("padding", padding), .init("dilation", dilation),
      .init("bias", hasBias),
    ]
  }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    let sizes = [
      ("filters", filters), ("kernel", kernel), ("strides", strides), ("dilation", dilation),
    ]
    for (name, size) in sizes { try trace.require(name, size) }
    guard x.shape.rank == 2 else {
      throw trace.mismatch(
        x, needs: "sequences of steps × features",
        hint: x.shape.rank == 1 ? "reshape([\(x.shape.dimensions[0]), 1])" : nil)
    }
    let (steps, features) = (x.shape.dimensions[0], x.shape.dimensions[1])
    let window = Window(
      kernelHeight: 1, kernelWidth: kernel, strideDown: 1, strideRight: strides, dilationRight: dilation,
      padding: padding)
    let row = x.reshaped(to: [1, steps, features])
    guard let (image, geometry) = window.applied(to: row, filters: filters, border: 0) else {
      throw trace.mismatch(x, needs: "sequences of at least the width of its filters")
    }
    let weights = trace.weights(
      [filters, kernel, features], fans: .init(input: kernel * features, output: kernel * filters))
    let result = weights.convolution(image, geometry, bias: hasBias ? trace.bias([filters]) : nil)
    let sequence = result.reshaped(to: [geometry.outputWidth, filters])
    return try trace.apply(activation, to: sequence)
  }
}
