import Kernels
import Tensors

extension Variable {
  /// `W x + s` along the last axis of every sample, where `self` is the weight matrix, outputs × inputs, and `s` a bias
  /// or a batched value of the result's shape.
  public func matrixProduct(_ x: Variable, startingAt start: Variable? = nil) -> Variable {
    precondition(
      shape.rank == 2 && x.shape.dimensions.last == shape.dimensions[1],
      "the matrix \(shape) cannot multiply a value of shape \(x.shape)")
    return append(
      .matrixProduct, [x] + (start.map { [$0] } ?? []),
      shape: Shape(x.shape.dimensions.dropLast() + [shape.dimensions[0]]), isBatched: true)
  }

  /// `Wᵀ d` along the last axis of every sample, where `self` is the weight matrix, outputs × inputs.
  public func transposedMatrixProduct(_ d: Variable) -> Variable {
    append(
      .transposedMatrixProduct, [d], shape: Shape(d.shape.dimensions.dropLast() + [shape.dimensions[1]]),
      isBatched: true)
  }

  /// The matrix `Σ self[j] x[k]` of sums over samples and all axes but the last.
  public func contractedOverSamples(with x: Variable) -> Variable { Variable.contraction([(self, x)]) }

  /// The sum of such matrices over pairs of values.
  static func contraction(_ pairs: [(d: Variable, x: Variable)]) -> Variable {
    let (d, x) = pairs[0]
    let inputs = pairs.flatMap { [$0.d, $0.x] }
    return d.append(
      .contractSamples, Array(inputs.dropFirst()),
      shape: [d.shape.dimensions.last ?? 1, x.shape.dimensions.last ?? 1], isBatched: false)
  }

  /// The products of the matrices along the last two axes, either one transposed; leading axes must agree.
  public func multiplied(
    by other: Variable, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Variable {
    let isBatched = isBatched || other.isBatched
    let (first, second) = (shape.dimensions, other.shape.dimensions)
    precondition(
      shape.rank >= 2 && other.shape.rank == shape.rank && first.dropLast(2) == second.dropLast(2),
      "matrices of shapes \(shape) and \(other.shape) cannot be multiplied")
    let rank = shape.rank
    let rows = first[transposingSelf ? rank - 1 : rank - 2]
    let columns = second[transposingOther ? rank - 2 : rank - 1]
    precondition(
      first[transposingSelf ? rank - 2 : rank - 1] == second[transposingOther ? rank - 1 : rank - 2],
      "matrices of shapes \(shape) and \(other.shape) cannot be multiplied")
    let a = spread(over: shape, isBatched: isBatched)
    let b = other.spread(over: other.shape, isBatched: isBatched)
    return a.append(
      .multiplyMatrices(transposesFirst: transposingSelf, transposesSecond: transposingOther), [b],
      shape: Shape(first.dropLast(2) + [rows, columns]), isBatched: isBatched)
  }

  /// The convolution of images (height × width × channels) with `self`, filters × kernel height × kernel width ×
  /// channels, without padding.
  public func convolution(_ x: Variable, _ geometry: ConvolutionGeometry, bias: Variable? = nil) -> Variable {
    append(
      .convolution(geometry), [x] + (bias.map { [$0] } ?? []),
      shape: [geometry.outputHeight, geometry.outputWidth, geometry.filters], isBatched: true)
  }

  func transposedConvolution(_ d: Variable, _ geometry: ConvolutionGeometry) -> Variable {
    append(
      .transposedConvolution(geometry), [d],
      shape: [geometry.inputHeight, geometry.inputWidth, geometry.channels], isBatched: true)
  }

  func contractedConvolution(with x: Variable, _ geometry: ConvolutionGeometry) -> Variable {
    append(
      .contractConvolution(geometry), [x],
      shape: [geometry.filters, geometry.kernelHeight, geometry.kernelWidth, geometry.channels],
      isBatched: false)
  }

  /// The largest element of each window of images.
  public func maximumPooled(_ geometry: ConvolutionGeometry) -> Variable { selectingMaxima(self, geometry) }

  func selectingMaxima(_ values: Variable, _ geometry: ConvolutionGeometry) -> Variable {
    append(.selectMaxima(geometry), [values], shape: geometry.pooledShape, isBatched: true)
  }

  func scatteringMaxima(_ upstream: Variable, _ geometry: ConvolutionGeometry) -> Variable {
    append(.scatterMaxima(geometry), [upstream], shape: shape, isBatched: true)
  }

  /// The sum of each window of images.
  public func windowSums(_ geometry: ConvolutionGeometry) -> Variable {
    append(.sumWindows(geometry), shape: geometry.pooledShape, isBatched: true)
  }

  func spreadOverWindows(_ geometry: ConvolutionGeometry) -> Variable {
    append(
      .spreadWindows(geometry), shape: [geometry.inputHeight, geometry.inputWidth, geometry.channels],
      isBatched: true)
  }

  /// The rows of a table, `self`, that every sample chooses by numbers; a table has rows along its first axis.
  public func gatheringRows(_ numbers: Variable) -> Variable {
    let sizes = GatheringSizes(
      rows: shape.dimensions[0], width: shape.count / Swift.max(shape.dimensions[0], 1),
      choices: numbers.shape.count, isTableBatched: isBatched)
    return append(
      .gatherRows(sizes), [numbers],
      shape: Shape(numbers.shape.dimensions + shape.dimensions.dropFirst()), isBatched: true)
  }

  func scatteringRows(_ numbers: Variable, _ sizes: GatheringSizes, shape: Shape) -> Variable {
    append(.scatterRows(sizes), [numbers], shape: shape, isBatched: sizes.isTableBatched)
  }
}

extension ConvolutionGeometry {
  /// The shape of pooled images.
  var pooledShape: Shape { [outputHeight, outputWidth, channels] }
}
