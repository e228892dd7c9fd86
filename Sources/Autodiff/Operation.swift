import Kernels
import Tensors

/// What a node of a graph computes from its inputs.
///
/// A batched value has one value a sample; its shape is that of one sample.
public enum Operation: Hashable, Sendable {
  /// Data that are set before a run.
  case input(String)
  /// A block of the flat parameter vector.
  case parameter(Int)
  /// A number.
  case constant(Double)
  /// `W x + b`: weights outputs × inputs, a batched vector, and the bias that the chain starts from, if there is one.
  case matrixProduct
  /// `Wᵀ d`.
  case transposedMatrixProduct
  /// `Σₛ d[j, s] x[k, s]`: two batched vectors to a matrix.
  case contractSamples
  /// `Σₛ d[j, s]`.
  case sumSamples
  /// The sum over the elements of each sample, or of a value that is no batch.
  case sumElements
  /// A function of one variable.
  case map(ElementFunction)
  /// The upstream derivative times that of a function, from the function's value: inputs `y`, `upstream`.
  case gradient(ElementFunction)
  /// A function of two variables, spread over what the other operand has more.
  case combine(BinaryFunction)
  /// The value of its input for every element and sample of the node.
  case broadcast
  /// The softmax over the elements of each sample.
  case softmax
  /// The cross-entropy of the softmax of logits against target probabilities, a number a sample.
  case softmaxCrossEntropy
  /// The factors of inverted dropout for a value of the shape of its input, drawn anew every step.
  case dropoutMask(rate: Double, index: Int)
}

/// A value of a graph.
public struct Node: Sendable {
  public var operation: Operation
  /// The numbers of the nodes that it is computed from.
  public var inputs: [Int]
  /// The shape, of one sample if the node is batched.
  public var shape: Shape
  public var isBatched: Bool
}
