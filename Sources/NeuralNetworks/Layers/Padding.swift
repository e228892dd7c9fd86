import Autodiff
import Components
import Kernels
import Tensors

/// What stands beyond the border of an image.
public enum Padding: String, NamedChoice {
  /// Nothing: windows lie within the image.
  case valid
  /// So much that a step of one keeps the size; of what cannot be even, more stands behind (as in Keras).
  case same

  /// The elements before and behind an axis.
  func margins(size: Int, kernel: Int, stride: Int, dilation: Int) -> (before: Int, behind: Int) {
    guard self == .same else { return (0, 0) }
    let windows = (size + stride - 1) / stride
    let all = max((windows - 1) * stride + dilation * (kernel - 1) + 1 - size, 0)
    return (all / 2, all - all / 2)
  }
}

/// The window of a convolution or pooling over images of height × width × channels.
struct Window: Hashable {
  var kernel: (height: Int, width: Int) { (kernelHeight, kernelWidth) }
  var kernelHeight: Int
  var kernelWidth: Int
  var strideDown: Int
  var strideRight: Int
  var dilationDown = 1
  var dilationRight = 1
  var padding: Padding

  /// The image with its border, and the sizes of the convolution over it; nil if no window fits.
  func applied(to x: Variable, filters: Int, border: Double) -> (image: Variable, ConvolutionGeometry)? {
    let sizes = x.shape.dimensions
    let down = padding.margins(
      size: sizes[0], kernel: kernelHeight, stride: strideDown, dilation: dilationDown)
    let right = padding.margins(
      size: sizes[1], kernel: kernelWidth, stride: strideRight, dilation: dilationRight)
    let image = x.padded(axis: 0, before: down.before, behind: down.behind, with: border)
      .padded(axis: 1, before: right.before, behind: right.behind, with: border)
    let geometry = ConvolutionGeometry(
      inputHeight: image.shape.dimensions[0], inputWidth: image.shape.dimensions[1], channels: sizes[2],
      filters: filters, kernelHeight: kernelHeight, kernelWidth: kernelWidth,
      stride: (strideDown, strideRight), dilation: (dilationDown, dilationRight))
    guard geometry.outputHeight > 0, geometry.outputWidth > 0 else { return nil }
    return (image, geometry)
  }
}
