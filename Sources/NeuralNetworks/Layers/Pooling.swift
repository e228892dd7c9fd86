import Autodiff
import Components
import Tensors

/// Makes each window of images (height × width × channels) or sequences (steps × features) into its largest value or
/// its mean.
public struct Pooling: Layer, Hashable {
  /// What a window is made into.
  public enum Kind: Sendable, Hashable {
    /// Its largest value.
    case maximum
    /// Its mean; what stands beyond the border does not count.
    case average

    fileprivate var prefix: String { self == .maximum ? "max-pool" : "average-pool" }
  }

  /// What a window is made into.
  public var kind: Kind
  /// The sizes of a window: one for sequences, two for images.
  public var size: [Int]
  /// The distance of neighboring windows.
  public var strides: [Int]
  /// What stands beyond the border.
  public var padding: Padding

  /// A pooling of windows that touch, unless they have other strides.
  public init(_ kind: Kind, size: [Int], strides: [Int]? = nil, padding: Padding = .valid) {
    self.kind = kind
    self.size = size
    self.strides = strides ?? size
    self.padding = padding
  }

  /// A pooling of sequences, of rank 1, or of images, of rank 2; one size stands for all axes, and windows without strides
  /// touch.
  public init(
    _ kind: Kind, rank: Int, size: [Int] = [2], strides: [Int] = [], padding: Padding = .valid
  ) {
    func all(_ sizes: [Int]) -> [Int] { rank == 2 && sizes.count == 1 ? [sizes[0], sizes[0]] : sizes }
    self.init(kind, size: all(size), strides: strides.isEmpty ? nil : all(strides), padding: padding)
  }

  /// The largest value of square windows of images.
  public static func max2D(_ size: Int = 2, strides: Int? = nil, padding: Padding = .valid) -> Pooling {
    Pooling(.maximum, size: [size, size], strides: strides.map { [$0, $0] }, padding: padding)
  }

  /// The mean of square windows of images.
  public static func average2D(_ size: Int = 2, strides: Int? = nil, padding: Padding = .valid) -> Pooling {
    Pooling(.average, size: [size, size], strides: strides.map { [$0, $0] }, padding: padding)
  }

  static func component(_ kind: Kind, rank: Int) -> Component<any Layer> {
    let size = Layers.sizes("size", default: [2], help: "The size of a window.")
    let strides = Parameter<[Int]>(
      "strides", default: [], "none, or one or two numbers of at least 1",
      help: "The distance of neighboring windows; their size if none is given."
    ) { $0.count <= 2 && $0.allSatisfy { $0 >= 1 } }
    let value = kind == .maximum ? "largest value" : "mean"
    return Component(
      "\(kind.prefix)\(rank)d",
      help: "Makes windows of \(rank == 1 ? "sequences" : "images") into their \(value).",
      swift: "Pooling(.\(kind), rank: \(rank), size, strides, padding)",
      parameters: [size, strides, Convolution2D.paddingParameter]
    ) {
      Pooling(
        kind, rank: rank, size: $0[size], strides: $0[strides], padding: $0[Convolution2D.paddingParameter])
    }
  }

  public var name: String { "\(kind.prefix)\(size.count)d" }
  public var arguments: [RecipeArgument] {
    [.init("size", list: size), .init("strides", list: strides), .init("padding", padding)]
  }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require("size", size, counts: 1...2)
    try trace.require("strides", strides, counts: 1...size.count)
    let isSequence = size.count == 1
    guard x.shape.rank == size.count + 1 else {
      throw trace.mismatch(
        x, needs: isSequence ? "sequences of steps × features" : "images of height × width × channels")
    }
    let image = isSequence ? x.reshaped(to: Shape([1] + x.shape.dimensions)) : x
    let window = Window(
      kernelHeight: isSequence ? 1 : size[0], kernelWidth: size[size.count - 1],
      strideDown: isSequence ? 1 : strides[0], strideRight: strides[strides.count - 1], padding: padding)
    let channels = image.shape.dimensions[2]
    let border = kind == .maximum ? -Double.infinity : 0
    guard let (padded, geometry) = window.applied(to: image, filters: channels, border: border) else {
      throw trace.mismatch(x, needs: "at least the size of its windows")
    }
    let result: Variable
    switch kind {
    case .maximum: result = padded.maximumPooled(geometry)
    case .average:
      let sums = padded.windowSums(geometry)
      let counts = Self.counts(image.shape, window)
      result =
        sums
        * x.graph.constant(
          Tensor(counts.map { 1 / $0 }, shape: [sums.shape.dimensions[0], sums.shape.dimensions[1], 1]))
    }
    return isSequence ? result.reshaped(to: Shape(Array(result.shape.dimensions.dropFirst()))) : result
  }

  /// How many elements of the image each window has, its border left out.
  private static func counts(_ shape: Shape, _ window: Window) -> [Double] {
    func along(_ size: Int, _ kernel: Int, _ stride: Int) -> [Double] {
      let margins = window.padding.margins(size: size, kernel: kernel, stride: stride, dilation: 1)
      let windows = (size + margins.before + margins.behind - kernel) / stride + 1
      return (0..<windows).map { index in
        let first = index * stride - margins.before
        return Double(min(first + kernel, size) - max(first, 0))
      }
    }
    let down = along(shape.dimensions[0], window.kernelHeight, window.strideDown)
    let right = along(shape.dimensions[1], window.kernelWidth, window.strideRight)
    return down.flatMap { row in right.map { row * $0 } }
  }
}

/// Makes all positions of images or sequences into the largest value or the mean of every channel.
public struct GlobalPooling: Layer, Hashable {
  /// What the positions are made into.
  public var kind: Pooling.Kind

  /// A pooling of everything.
  public init(_ kind: Pooling.Kind) { self.kind = kind }

  static func component(_ kind: Pooling.Kind) -> Component<any Layer> {
    let value = kind == .maximum ? "largest value" : "mean"
    return Component(
      "global-\(kind.prefix)", help: "Makes all positions into the \(value) of every channel.",
      swift: "GlobalPooling(.\(kind))"
    ) { _ in
      GlobalPooling(kind)
    }
  }

  public var name: String { "global-\(kind.prefix)" }
  public var arguments: [RecipeArgument] { [] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    guard x.shape.rank >= 2 else { throw trace.mismatch(x, needs: "images or sequences") }
    let axes = Array(0..<x.shape.rank - 1)
    return kind == .maximum ? x.max(axes: axes) : x.mean(axes: axes)
  }
}
