/// The sizes of a convolution without padding: images in rows of lane groups, channels last.
///
/// A convolution along one axis has a height of one.
public struct ConvolutionGeometry: Hashable, Sendable {
  /// The height of the input.
  public var inputHeight: Int
  /// The width of the input.
  public var inputWidth: Int
  /// The channels of the input.
  public var channels: Int
  /// The number of filters, the channels of the output.
  public var filters: Int
  /// The height of a filter.
  public var kernelHeight: Int
  /// The width of a filter.
  public var kernelWidth: Int
  /// The distance of neighboring windows, down and right.
  public var stride: (down: Int, right: Int) { (strideDown, strideRight) }
  private var strideDown: Int
  private var strideRight: Int
  /// The distance of neighboring elements of a window, down and right.
  public var dilation: (down: Int, right: Int) { (dilationDown, dilationRight) }
  private var dilationDown: Int
  private var dilationRight: Int

  /// The sizes of a convolution.
  public init(
    inputHeight: Int, inputWidth: Int, channels: Int, filters: Int, kernelHeight: Int, kernelWidth: Int,
    stride: (down: Int, right: Int) = (1, 1), dilation: (down: Int, right: Int) = (1, 1)
  ) {
    self.inputHeight = inputHeight
    self.inputWidth = inputWidth
    self.channels = channels
    self.filters = filters
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    (strideDown, strideRight) = stride
    (dilationDown, dilationRight) = dilation
  }

  /// The height of the output; below one if no window fits.
  public var outputHeight: Int {
    Self.windows(inputHeight, kernelHeight, stride: strideDown, dilation: dilationDown)
  }
  /// The width of the output; below one if no window fits.
  public var outputWidth: Int {
    Self.windows(inputWidth, kernelWidth, stride: strideRight, dilation: dilationRight)
  }

  /// The number of windows along an axis.
  private static func windows(_ size: Int, _ kernel: Int, stride: Int, dilation: Int) -> Int {
    let reach = dilation * (kernel - 1) + 1
    return size < reach ? 0 : (size - reach) / stride + 1
  }

  /// The numbers of one filter.
  var filterCount: Int { kernelHeight &* kernelWidth &* channels }
  /// The row of the first element of a window.
  @inline(__always)
  func window(_ y: Int, _ x: Int) -> Int {
    ((y &* strideDown) &* inputWidth &+ x &* strideRight) &* channels
  }

  /// The neighboring rows of a window, as runs, and the common length of these.
  var runs: (window: TileWindow, length: Int) {
    let down = dilationDown &* inputWidth &* channels
    if dilationRight == 1 {
      let length = kernelWidth &* channels
      return (
        TileWindow(
          height: kernelHeight, width: 1, down: down, right: 0, weightsDown: length, weightsRight: 0), length
      )
    }
    return (
      TileWindow(
        height: kernelHeight, width: kernelWidth, down: down, right: dilationRight &* channels,
        weightsDown: kernelWidth &* channels, weightsRight: channels), channels
    )
  }
}
