import Kernels
import Tensors

/// What a node of a graph computes from its inputs.
///
/// A batched value has one value a sample; its shape is that of one sample.
package enum Operation: Hashable, Sendable {
  // Values that are given.
  /// Data that are set before a run.
  case input(String)
  /// A block of the flat parameter vector.
  case parameter(Int)
  /// A number.
  case constant(Double)
  /// Numbers that fill a shape.
  case tensor([Double])
  /// The factors of inverted dropout for a value of the shape of its input, drawn anew every step.
  case dropoutMask(rate: Double, index: Int)

  // Products.
  /// `W x + s` along the last axis: weights outputs × inputs, a batched value, and what the chain starts from, if
  /// anything: a bias, or a batched value.
  case matrixProduct
  /// `Wᵀ d` along the last axis.
  case transposedMatrixProduct
  /// `Σ d[j] x[k]` over samples and all axes but the last, a matrix: the inputs are pairs of batched values.
  case contractSamples
  /// `A B` for matrices along the last two axes, either transposed.
  case multiplyMatrices(transposesFirst: Bool, transposesSecond: Bool)
  /// The convolution of images with filters, and with a bias if there is one: inputs weights, images, bias.
  case convolution(ConvolutionGeometry)
  /// The convolution's derivative with respect to the images: inputs weights, upstream derivative.
  case transposedConvolution(ConvolutionGeometry)
  /// The convolution's derivative with respect to the filters: inputs upstream derivative, images.
  case contractConvolution(ConvolutionGeometry)

  // Functions of every element.
  /// A function of one variable.
  case map(ElementFunction)
  /// The upstream derivative times that of a function, from the function's value: inputs `y`, `upstream`.
  case gradient(ElementFunction)
  /// A function of two variables, either spread over what the other has more.
  case combine(BinaryFunction)
  /// The second input where the first is not zero, else the third.
  case select
  /// The value itself, whose derivative is taken for zero.
  case constantCopy

  // Sums and scans.
  /// The sum of all inputs over the samples.
  case sumSamples
  /// The sum or maximum along some axes.
  case reduce(Reduction, ReductionAxes)
  /// The running sum along an axis.
  case cumulativeSum(ReductionAxes, isReversed: Bool)
  /// The softmax along the last axis.
  case softmax
  /// The cross-entropy of the softmax of logits against target probabilities along the last axis.
  case softmaxCrossEntropy
  /// The value of the second input at the first largest element of each window of the first.
  case selectMaxima(ConvolutionGeometry)
  /// The transpose of `selectMaxima` in its second input.
  case scatterMaxima(ConvolutionGeometry)
  /// The sum of each window.
  case sumWindows(ConvolutionGeometry)
  /// The transpose of `sumWindows`.
  case spreadWindows(ConvolutionGeometry)

  // Rearrangements.
  /// The value of its input for every element and sample of the node.
  case broadcast
  /// Elements taken in another order; what is not written has the value of `fill`.
  case copy(StridedLayout, fill: Double?)
  /// The inputs one behind the other along an axis that so many elements stand in front of.
  case concatenate(outer: Int)
  /// Rows of a table by the numbers in the second input.
  case gatherRows(GatheringSizes)
  /// The transpose of `gatherRows` in the table.
  case scatterRows(GatheringSizes)
  /// The samples of a batch as the first axis of a value that is no batch.
  case samplesAsRows
  /// The transpose of `samplesAsRows`.
  case rowsAsSamples
}

/// A value of a graph.
package struct Node: Hashable, Sendable {
  package var operation: Operation
  /// The numbers of the nodes that it is computed from.
  package var inputs: [Int]
  /// The shape, of one sample if the node is batched.
  package var shape: Shape
  package var isBatched: Bool
}
